-- Getting in: personal links, second factors, and what is known of a session. Secrets that only need
-- to be recognised are kept as SHA-256.

alter table session add column method text not null default 'password'; -- how it began
alter table session add column device text not null default ''; -- browser and system, in words; no address
alter table session add column seen_at timestamptz not null default now();
alter table session add column ends_at timestamptz not null default now() + interval '24 hours';
alter table session add column link_id text; -- the personal link it began with

create table personal_link (
  id text primary key,
  plan_id text not null,
  person_id text not null,
  account_id text not null references account (id) on delete cascade,
  token_hash text not null unique,
  made_by text, -- the person who asked for it; null: its owner did
  at timestamptz not null default now(),
  device_hash text, -- the first device that opened it; no other may
  opened_at timestamptz,
  expires_at timestamptz not null,
  ended_at timestamptz,
  foreign key (plan_id, person_id) references person (plan_id, id) on delete cascade
);
create index personal_link_person on personal_link (plan_id, person_id);

create table mailed_code (
  session_id text primary key references session (id) on delete cascade,
  hash text not null,
  tries int not null default 0,
  expires_at timestamptz not null
);

create table passkey (
  id text primary key, -- the credential's own, base64url
  account_id text not null references account (id) on delete cascade,
  public_key bytea not null,
  counter bigint not null,
  transports jsonb not null default '[]',
  device text not null default '', -- where it was made, in words
  at timestamptz not null default now(),
  used_at timestamptz
);
create index passkey_account on passkey (account_id);

-- what a browser was asked to sign; used once
create table challenge (
  hash text primary key,
  account_id text references account (id) on delete cascade,
  expires_at timestamptz not null
);

create table totp (
  account_id text primary key references account (id) on delete cascade,
  secret text not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0 -- a code counts once
);

create table recovery_code (
  account_id text not null references account (id) on delete cascade,
  hash text not null,
  used_at timestamptz,
  primary key (account_id, hash)
);

create table password_reset (
  token_hash text primary key,
  account_id text not null references account (id) on delete cascade,
  expires_at timestamptz not null
);

-- who somebody is at their organisation
create table identity (
  issuer text not null,
  subject text not null,
  account_id text not null references account (id) on delete cascade,
  at timestamptz not null default now(),
  primary key (issuer, subject)
);

-- tries at what may be tried a few times only, in all processes together
create table try (
  key text not null,
  at timestamptz not null default now()
);
create index try_key on try (key, at);
