-- The days of a plan's course, from which the terms of the law are counted (Wlz 8.1.1, 8.1.3):
-- when the care began, when all looked back at the whole plan together, when the plan was set.
-- Only added to: a day that was wrong is followed by a better one.
create table plan_day (
  plan_id text not null references plan (id),
  seq bigint generated always as identity,
  kind text not null check (kind in ('started', 'reviewed', 'set')),
  on_day text not null,
  recorded_by text, -- null: as it came in with the plan
  at timestamptz not null default now(),
  primary key (plan_id, seq)
);
create trigger plan_day_stays before update or delete on plan_day
  for each row execute function refuse_change();
create trigger plan_day_stays_whole before truncate on plan_day execute function refuse_change();
