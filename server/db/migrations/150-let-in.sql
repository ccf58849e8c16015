-- A therapist's own part of the care zone, opened to a colleague: who reads and writes there beside
-- its owner. What stands here holds now; who opened and who ended it is in the chain of events.

create table let_in (
  plan_id text not null references plan (id) on delete cascade,
  owner_id text not null,
  person_id text not null,
  let_in_by text not null,
  at timestamptz not null default now(),
  primary key (plan_id, owner_id, person_id)
);
create index let_in_person on let_in (plan_id, person_id);
