-- What somebody prepares for a meeting stays theirs until they hand it in; then it lies on the board
-- as cards in their own hand. What somebody wants to say in private first is a call, never a card.

create table preparation (
  plan_id text not null,
  meeting_id text not null references meeting (id) on delete cascade,
  person_id text not null,
  answers jsonb not null default '{}',
  cards jsonb not null default '{}', -- which answer became which card
  handed_in_at timestamptz,
  primary key (meeting_id, person_id)
);
create table call_request (
  plan_id text not null,
  id text primary key,
  meeting_id text not null references meeting (id) on delete cascade,
  from_id text not null,
  to_id text not null,
  text text not null,
  at timestamptz not null default now(),
  done_at timestamptz
);
create index call_request_to on call_request (plan_id, to_id);
