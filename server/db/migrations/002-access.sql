-- Who looked, who may look, and why (NEN 7513; WGBO 7:457; AVG 7(3)).

create table access_log (
  plan_id text not null,
  seq bigint generated always as identity,
  at timestamptz not null default now(),
  account_id text,
  person_id text,
  zone text,
  document_id text,
  goal_id text,
  act text not null, -- open, leave, read, write, export, answer, invite, end-access, …
  ground text not null default '', -- on what footing: role, consent, representation
  allowed boolean not null,
  primary key (plan_id, seq)
);
create index access_log_at on access_log (plan_id, at);
create trigger access_log_stays before update on access_log
  for each row execute function refuse_change();

-- what the client (or who acts for her) said about somebody's access; only ever added to
create table consent (
  plan_id text not null references plan (id),
  seq bigint generated always as identity,
  person_id text not null,
  given_by text not null,
  recorded_by text not null,
  gives boolean not null, -- false: withdrawn
  text text not null default '',
  until text,
  at timestamptz not null default now(),
  primary key (plan_id, seq)
);
create trigger consent_stays before update or delete on consent
  for each row execute function refuse_change();

alter table person add column access_until text;
