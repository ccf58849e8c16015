-- Who decides what: what the client can decide herself was judged topic by topic (Wlz 8.1.3 lid 3).

create table judgement (
  plan_id text not null references plan (id),
  id text primary key,
  seq bigint generated always as identity,
  topic text not null,
  able boolean not null,
  judged_by text not null, -- name and profession, as it stands in the record
  judge_id text, -- the person at this table, where it is one
  reason text not null default '',
  on_day text not null,
  review_on text,
  recorded_by text,
  at timestamptz not null default now()
);
create index judgement_plan on judgement (plan_id, seq);
create trigger judgement_stays before update or delete on judgement
  for each row execute function refuse_change();
create trigger judgement_stays_whole before truncate on judgement execute function refuse_change();

-- who stands in for the client declines, takes it up again, or was pointed out among equals
create table representation (
  plan_id text not null references plan (id),
  seq bigint generated always as identity,
  person_id text not null,
  stance text not null check (stance in ('declines', 'accepts', 'pointed-out')),
  recorded_by text not null,
  text text not null default '',
  at timestamptz not null default now(),
  primary key (plan_id, seq)
);
create trigger representation_stays before update or delete on representation
  for each row execute function refuse_change();
create trigger representation_stays_whole before truncate on representation
  execute function refuse_change();

alter table person add column declines boolean not null default false;
alter table person add column pointed_out boolean not null default false;

-- the topic a version is about: a judgement, 'none' where the client decides, null where nobody said
alter table goal_version add column topic text;
