-- Organisations: a plan belongs to one. Who works there has no seat at its plans by that; who looks
-- after its terms (a manager) sees days and numbers, and no word of a plan.

create table organisation (
  id text primary key,
  name text not null unique,
  at timestamptz not null default now()
);

create table member (
  organisation_id text not null references organisation (id) on delete cascade,
  account_id text not null references account (id) on delete cascade,
  role text not null check (role in ('professional', 'manager')),
  at timestamptz not null default now(),
  primary key (organisation_id, account_id)
);
create index member_account on member (account_id);

alter table plan add column organisation_id text references organisation (id);
create index plan_organisation on plan (organisation_id);
