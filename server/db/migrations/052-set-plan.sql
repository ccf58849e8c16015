-- The plan as it was set (vastgesteld): the whole of it, as it was on that day (Wlz 8.1.3 lid 1).

create table plan_version (
  plan_id text not null references plan (id),
  version int not null,
  hash text not null,
  content jsonb not null, -- what everyone at the table may read
  care jsonb not null, -- the zone of the care and the client; its hash is in the content
  set_by text not null,
  review_on text not null,
  set_at timestamptz not null,
  primary key (plan_id, version)
);
create trigger plan_version_stays before update or delete on plan_version
  for each row execute function refuse_change();
create trigger plan_version_stays_whole before truncate on plan_version
  execute function refuse_change();

-- to whom a copy went, and how
create table delivery (
  plan_id text not null,
  version int not null,
  seq bigint generated always as identity,
  person_id text not null,
  way text not null check (way in ('screen', 'paper', 'mail', 'read-aloud')),
  by_id text not null,
  at timestamptz not null default now(),
  primary key (plan_id, version, seq),
  foreign key (plan_id, version) references plan_version (plan_id, version)
);
create trigger delivery_stays before update or delete on delivery
  for each row execute function refuse_change();
create trigger delivery_stays_whole before truncate on delivery execute function refuse_change();
