-- A tablet in the client's hands: this session shows her own pages of this plan, and nothing else,
-- until whoever handed it over takes it back. The row goes with its session.

create table handover (
  session_id text primary key references session (id) on delete cascade on update cascade,
  plan_id text not null references plan (id) on delete cascade,
  person_id text not null, -- who handed it over
  at timestamptz not null default now()
);
create index handover_plan on handover (plan_id);

-- the client asked somebody to come; kept until somebody says they are coming
create table help_call (
  plan_id text not null references plan (id) on delete cascade,
  id text primary key,
  person_id text not null, -- the client
  beside_id text, -- who handed the tablet over, where somebody did
  goal_id text,
  about text not null check (about in ('help', 'change')),
  at timestamptz not null default now(),
  heard_by text,
  heard_at timestamptz
);
create index help_call_open on help_call (plan_id) where heard_at is null;
