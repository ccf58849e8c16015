-- Who was reminded of a round that waits: each reminder once, whatever process sent it.

create table reminder (
  plan_id text not null references plan (id) on delete cascade,
  goal_id text not null,
  version int not null,
  person_id text not null,
  day int not null,
  at timestamptz not null default now(),
  primary key (goal_id, version, person_id, day)
);
create index goal_presented on goal (plan_id) where state = 'presented';
