-- What is put on record beside the wishes of a plan; only ever added to.

-- a wish that is not followed, on which ground (Wlz 8.1.1 lid 4 and 5); or followed after all
create table wish_not_followed (
  plan_id text not null references plan (id),
  seq bigint generated always as identity,
  card_id text not null,
  followed boolean not null default false, -- true: from here it is followed after all
  ground text check (ground in ('law-or-abilities', 'good-care', 'others', 'indication')),
  reason text not null default '',
  consulted text not null default '',
  wish_hash text not null, -- of the words of the wish, as they stood
  recorded_by text not null,
  at timestamptz not null default now(),
  primary key (plan_id, seq)
);
create trigger wish_not_followed_stays before update or delete on wish_not_followed
  for each row execute function refuse_change();
create trigger wish_not_followed_stays_whole before truncate on wish_not_followed
  execute function refuse_change();

-- where each of the nine topics stands (Blz 6.1.1); the latest row of a topic holds
create table plan_topic (
  plan_id text not null references plan (id),
  seq bigint generated always as identity,
  topic text not null,
  state text not null check (state in ('discussed', 'not-needed', 'later')),
  recorded_by text not null,
  at timestamptz not null default now(),
  primary key (plan_id, seq)
);
create trigger plan_topic_stays before update or delete on plan_topic
  for each row execute function refuse_change();
create trigger plan_topic_stays_whole before truncate on plan_topic
  execute function refuse_change();
