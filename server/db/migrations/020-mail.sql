-- Letters that wait to be sent. A letter belongs to an account: the address is read when it is sent,
-- and what it says is taken away once it is gone. No care text, no surname, ever.

create table letter (
  id text primary key,
  account_id text not null references account (id) on delete cascade,
  plan_id text references plan (id) on delete cascade,
  kind text not null,
  facts jsonb not null default '{}', -- what the letter's words are made with; emptied when sent
  once text, -- the same letter is written once, however often it is asked for
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'given-up')),
  tries int not null default 0,
  due_at timestamptz not null default now(), -- not before; who sends it moves it on first
  useless_at timestamptz not null, -- not after
  at timestamptz not null default now(),
  sent_at timestamptz
);
create index letter_due on letter (due_at) where state = 'waiting';
create unique index letter_once on letter (account_id, once) where once is not null;
