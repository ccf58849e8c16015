-- The client could not say it herself at that moment: on which judgement, what she showed, and who
-- was asked to answer for her. It belongs to exactly these words, and is only ever added to.

create table asked_for_her (
  plan_id text not null references plan (id),
  id text primary key,
  seq bigint generated always as identity,
  goal_id text not null,
  version int not null,
  hash text not null,
  judgement_id text not null references judgement (id),
  reaction text not null check (reaction in ('liked', 'no-reaction', 'not-asked')),
  saw text not null default '',
  person_id text not null, -- who answers for her
  asked_by text not null,
  key text not null,
  at timestamptz not null default now(),
  unique (goal_id, key),
  foreign key (goal_id, version) references goal_version (goal_id, version)
);
create index asked_for_her_goal on asked_for_her (goal_id, version, seq);
create trigger asked_for_her_stays before update or delete on asked_for_her
  for each row execute function refuse_change();
create trigger asked_for_her_stays_whole before truncate on asked_for_her
  execute function refuse_change();
