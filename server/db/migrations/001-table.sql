-- The table and what is kept of it. plan_id is in every table: plans are many and independent.

create table account (
  id text primary key,
  email text not null unique check (email = lower(email)),
  name text not null,
  password_hash text,
  created_at timestamptz not null default now()
);

create table session (
  id text primary key, -- SHA-256 of the token; the token itself is only in the cookie
  account_id text not null references account (id) on delete cascade,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  assurance text not null default 'low'
);
create index session_account on session (account_id);

create table plan (
  id text primary key,
  title text not null,
  client_name text not null,
  call_me text not null,
  age int,
  setting text not null default '',
  law text not null default '',
  about text not null default '',
  created_at timestamptz not null default now(),
  -- the head of the plan's chain of events
  event_seq bigint not null default 0,
  event_hash text not null default ''
);

create table person (
  plan_id text not null references plan (id) on delete cascade,
  id text not null,
  account_id text not null references account (id),
  key text not null,
  name text not null,
  role text not null,
  relation text,
  authority text not null,
  authority_note text not null default '',
  may_confirm boolean not null,
  attends text not null default '',
  number int not null,
  confidant boolean not null default false,
  access text not null default 'active' check (access in ('active', 'ended')),
  primary key (plan_id, id),
  unique (plan_id, key),
  unique (plan_id, account_id)
);
create index person_account on person (account_id);

create table document (
  plan_id text not null references plan (id) on delete cascade,
  id text primary key,
  kind text not null check (kind in ('board', 'goal', 'draft')),
  zone text not null check (zone in ('shared', 'care', 'client', 'draft')),
  goal_id text,
  round int,
  owner_id text,
  open boolean not null default true,
  -- how many updates the log holds; an update is added only by who knows all before it
  seq bigint not null default 0,
  created_at timestamptz not null default now(),
  closed_at timestamptz
);
create index document_plan on document (plan_id);

create table document_update (
  plan_id text not null,
  document_id text not null references document (id) on delete cascade,
  seq bigint not null,
  batch text not null, -- one per commit, so that a repeated commit is recognised
  person_id text, -- who sent it; null: the system
  at timestamptz not null default now(),
  data bytea not null,
  primary key (document_id, seq)
);

create table document_snapshot (
  plan_id text not null,
  document_id text primary key references document (id) on delete cascade,
  seq bigint not null, -- holds every update up to and including this one
  at timestamptz not null default now(),
  data bytea not null
);

-- whose hand a client id is, for ever
create table document_client (
  plan_id text not null,
  document_id text not null references document (id) on delete cascade,
  client_id bigint not null,
  person_id text, -- null: the system (template words)
  imported boolean not null default false,
  at timestamptz not null default now(),
  primary key (document_id, client_id)
);

create table goal (
  plan_id text not null references plan (id) on delete cascade,
  id text primary key,
  area text not null,
  state text not null,
  round int not null default 1,
  document_id text,
  version int, -- the version now presented or agreed
  versions int not null default 0, -- how many there have been
  agreed_version int,
  agreed_at timestamptz,
  wishes jsonb not null default '[]',
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
create index goal_plan on goal (plan_id);

create table goal_version (
  plan_id text not null,
  goal_id text not null references goal (id),
  version int not null,
  round int not null,
  hash text not null,
  words jsonb not null,
  parties jsonb not null,
  trial_until text,
  presented_by text not null,
  presented_at timestamptz not null default now(),
  primary key (goal_id, version)
);

create table answer (
  plan_id text not null,
  goal_id text not null,
  version int not null,
  seq bigint generated always as identity,
  party_id text not null,
  actor_id text not null,
  answer text not null,
  method text not null,
  remark text not null default '',
  witnesses jsonb not null default '[]',
  reaction text,
  hash text not null,
  assurance text not null,
  key text not null,
  imported boolean not null default false,
  at timestamptz not null default now(),
  primary key (goal_id, version, seq),
  unique (goal_id, key),
  foreign key (goal_id, version) references goal_version (goal_id, version)
);

create table dissent (
  plan_id text not null,
  goal_id text not null,
  version int not null,
  person_id text not null,
  recorded_by text not null,
  text text not null,
  at timestamptz not null default now(),
  primary key (goal_id, version, person_id),
  foreign key (goal_id, version) references goal_version (goal_id, version)
);

-- words that came too late, or were thought of apart: sent to the table, or kept by their writer
create table proposal (
  plan_id text not null,
  document_id text primary key references document (id) on delete cascade,
  goal_id text not null references goal (id),
  person_id text not null,
  words jsonb not null,
  state text not null check (state in ('kept', 'sent', 'taken', 'withdrawn')),
  at timestamptz not null default now()
);
create index proposal_goal on proposal (goal_id);

-- what was agreed without a goal
create table standing_action (
  plan_id text not null references plan (id) on delete cascade,
  id text primary key,
  place int not null,
  what text not null,
  who text,
  when_text text not null default '',
  accepted boolean
);

create table review (
  plan_id text not null,
  goal_id text not null references goal (id),
  on_day text not null,
  outcome text not null,
  text text not null,
  at timestamptz not null default now(),
  primary key (goal_id, on_day)
);

-- days the plan itself names, e.g. when it must have been set (Wlz 8.1.3 lid 1)
create table deadline (
  plan_id text not null references plan (id) on delete cascade,
  place int not null,
  what text not null,
  on_day text not null,
  primary key (plan_id, place)
);

create table event (
  plan_id text not null references plan (id),
  seq bigint not null,
  at timestamptz not null,
  kind text not null,
  actor_id text,
  goal_id text,
  body jsonb not null,
  previous text not null,
  hash text not null,
  primary key (plan_id, seq)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the record is only added to, never changed' using errcode = '55000';
end $$;

create trigger goal_version_stays before update or delete on goal_version
  for each row execute function refuse_change();
create trigger answer_stays before update or delete on answer
  for each row execute function refuse_change();
create trigger dissent_stays before update or delete on dissent
  for each row execute function refuse_change();
create trigger event_stays before update or delete on event
  for each row execute function refuse_change();
create trigger goal_version_stays_whole before truncate on goal_version
  execute function refuse_change();
create trigger answer_stays_whole before truncate on answer execute function refuse_change();
create trigger dissent_stays_whole before truncate on dissent execute function refuse_change();
create trigger event_stays_whole before truncate on event execute function refuse_change();
