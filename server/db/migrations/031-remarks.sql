-- What people say about a goal or a card: a remark or a question, never a part of the words.
create table remark (
  plan_id text not null,
  id text primary key,
  zone text not null check (zone in ('shared', 'care', 'client')),
  goal_id text references goal (id),
  document_id text,
  card_id text,
  person_id text not null, -- whose hand it is
  said_by text not null,
  basis text not null,
  kind text not null check (kind in ('remark', 'question')),
  answers text references remark (id),
  text text not null,
  at timestamptz not null default now(),
  check ((goal_id is null) <> (card_id is null))
);
create index remark_plan on remark (plan_id, at);

-- a question or remark that was dealt with; it stays to be read
create table remark_resolved (
  plan_id text not null,
  remark_id text primary key references remark (id),
  person_id text not null,
  at timestamptz not null default now()
);

create trigger remark_stays before update or delete on remark
  for each row execute function refuse_change();
create trigger remark_resolved_stays before update or delete on remark_resolved
  for each row execute function refuse_change();
create trigger remark_stays_whole before truncate on remark execute function refuse_change();
create trigger remark_resolved_stays_whole before truncate on remark_resolved
  execute function refuse_change();

-- one draft for each person
create unique index document_own_draft on document (plan_id, owner_id)
  where kind = 'draft' and goal_id is null;
