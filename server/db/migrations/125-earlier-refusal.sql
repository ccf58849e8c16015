-- What the client wrote down earlier that she does not want (Wlz 8.1.2 lid 5). Only added to: one that
-- no longer holds is taken back by a row of its own.

create table earlier_refusal (
  plan_id text not null references plan (id),
  id text primary key,
  seq bigint generated always as identity,
  text text not null default '',
  area text, -- null: it is about every part of her life
  on_day text not null, -- the day she wrote it, or took it back
  takes_back text references earlier_refusal (id),
  recorded_by text not null,
  at timestamptz not null default now()
);
create index earlier_refusal_plan on earlier_refusal (plan_id, seq);
create trigger earlier_refusal_stays before update or delete on earlier_refusal
  for each row execute function refuse_change();
create trigger earlier_refusal_stays_whole before truncate on earlier_refusal
  execute function refuse_change();
