-- The meeting: one row holds what everyone sees of it. It is changed by one act at a time, and
-- outlives every screen, connection and process (domain.md §4).

create table meeting (
  plan_id text not null references plan (id) on delete cascade,
  id text primary key,
  on_at timestamptz not null,
  minutes int not null default 30,
  place text not null default '',
  link text not null default '',
  people jsonb not null, -- who is asked to come
  planned_by text not null,
  state text not null check (state in ('planned', 'under-way', 'finished', 'set', 'cancelled')),
  calendar_sequence int not null default 0,
  revision bigint not null default 1,
  known jsonb not null default '[]', -- what was once on the agenda, so that it does not return
  body jsonb not null, -- src/plan/meeting.ts
  created_at timestamptz not null default now()
);
create index meeting_plan on meeting (plan_id, on_at);

-- A big screen is nobody. It may show one meeting, once somebody who leads it has let it in.
create table screen (
  id text primary key,
  token_hash text not null unique, -- SHA-256; the token itself is only in its cookie
  code text not null unique,
  address text not null default '', -- where it stands, so that nobody puts up thousands
  plan_id text references plan (id) on delete cascade,
  meeting_id text references meeting (id) on delete cascade,
  admitted_by text,
  admitted_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index screen_meeting on screen (meeting_id);
