-- The report of a meeting: what happened, every correction of it, and what it was set as. All three
-- are only added to. How people found the meeting stands apart, by kind of person.

create table meeting_report (
  plan_id text not null,
  meeting_id text primary key references meeting (id),
  body jsonb not null,
  at timestamptz not null default now()
);
create table meeting_correction (
  plan_id text not null,
  meeting_id text not null references meeting (id),
  seq bigint generated always as identity,
  line text not null,
  was text not null,
  becomes text not null,
  person_id text not null,
  at timestamptz not null default now(),
  primary key (meeting_id, seq)
);
create table meeting_set (
  plan_id text not null,
  meeting_id text primary key references meeting (id),
  body jsonb not null,
  hash text not null,
  person_id text not null,
  at timestamptz not null default now()
);
create trigger meeting_report_stays before update or delete on meeting_report
  for each row execute function refuse_change();
create trigger meeting_correction_stays before update or delete on meeting_correction
  for each row execute function refuse_change();
create trigger meeting_set_stays before update or delete on meeting_set
  for each row execute function refuse_change();

-- three small questions (domain.md §4.6); 1 not, 2 a little, 3 yes
create table meeting_feedback (
  plan_id text not null,
  meeting_id text not null references meeting (id) on delete cascade,
  person_id text not null,
  kind text not null check (kind in ('client', 'family', 'pro')),
  could_say int not null check (could_say between 1 and 3),
  was_heard int not null check (was_heard between 1 and 3),
  knows int not null check (knows between 1 and 3),
  recorded_by text not null,
  at timestamptz not null default now(),
  primary key (meeting_id, person_id)
);
