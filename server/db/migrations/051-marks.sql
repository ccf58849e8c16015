-- What is put on record beside a goal and its answers; only ever added to.

create table mark (
  plan_id text not null,
  goal_id text not null references goal (id),
  version int not null,
  seq bigint generated always as identity,
  kind text not null,
  person_id text, -- whom it is about, or whose statement it is
  by_id text, -- who put it on record; null: time itself
  body jsonb not null default '{}',
  at timestamptz not null default now(),
  primary key (goal_id, seq)
);
create index mark_plan on mark (plan_id, seq);
create trigger mark_stays before update or delete on mark
  for each row execute function refuse_change();
create trigger mark_stays_whole before truncate on mark execute function refuse_change();

-- what a way of answering must record
alter table answer add column ways jsonb not null default '[]'; -- in what ways the question was asked
alter table answer add column judgement text; -- why somebody answers for the client
alter table answer add column sentence text not null default ''; -- the question as it was shown

alter table dissent add column ground text not null default 'differs';

alter table review drop constraint review_pkey;
alter table review add column seq bigint generated always as identity;
alter table review add column version int;
alter table review add column person_id text; -- who recorded it
alter table review add column said text not null default ''; -- the client's own words
alter table review add primary key (goal_id, seq);
create trigger review_stays before update or delete on review
  for each row execute function refuse_change();
create trigger review_stays_whole before truncate on review execute function refuse_change();

-- what somebody should hear of; no word of what anyone wrote, and no part of the record
create table notice (
  plan_id text not null references plan (id) on delete cascade,
  seq bigint generated always as identity,
  person_id text not null,
  kind text not null,
  goal_id text,
  about text, -- the person it is about
  at timestamptz not null default now(),
  read_at timestamptz,
  mailed_at timestamptz, -- a letter was written, or there is nothing to write
  primary key (plan_id, seq)
);
create index notice_unread on notice (plan_id, person_id) where read_at is null;
create index notice_unmailed on notice (at) where mailed_at is null and read_at is null;
