-- How far somebody had read the board when they left it, and what this visit is held against:
-- one state vector for each document they may read.
create table seen (
  plan_id text not null references plan (id) on delete cascade,
  person_id text not null,
  since_at timestamptz not null default now(),
  since jsonb not null,
  seen_at timestamptz not null default now(),
  seen jsonb not null,
  primary key (plan_id, person_id)
);
