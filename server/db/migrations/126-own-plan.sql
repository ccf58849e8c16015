-- A persoonlijk plan that was handed in, item by item, and what became of each (Wlz 8.1.3 lid 2).
-- Both only added to. Words that are erased for good with the card they became go here as well.

create table own_plan_item (
  plan_id text not null references plan (id),
  id text primary key,
  seq bigint generated always as identity,
  meeting_id text not null,
  person_id text not null,
  question text not null,
  text text not null default '', -- empty: taken back
  card_id text, -- the card it became when it was handed in
  at timestamptz not null default now()
);
create index own_plan_item_plan on own_plan_item (plan_id, seq);

create table own_plan_outcome (
  plan_id text not null references plan (id),
  seq bigint generated always as identity,
  item_id text not null references own_plan_item (id),
  outcome text not null check (outcome in ('card', 'already', 'not-followed')),
  card_id text,
  goal_id text,
  reason text not null default '',
  decided_by text not null,
  at timestamptz not null default now(),
  primary key (plan_id, seq)
);
create index own_plan_outcome_item on own_plan_outcome (item_id, seq);

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if exists (select 1 from plan_erasure e where e.plan_id = to_jsonb(old)->>'plan_id') then
      return old;
    end if;
    if tg_table_name in ('remark', 'own_plan_item') and exists (
      select 1 from erased_card c where c.plan_id = to_jsonb(old)->>'plan_id'
        and c.card_id = to_jsonb(old)->>'card_id') then
      return old;
    end if;
    if tg_table_name = 'remark_resolved' and exists (
      select 1 from remark r join erased_card c on c.plan_id = r.plan_id and c.card_id = r.card_id
      where r.id = to_jsonb(old)->>'remark_id') then
      return old;
    end if;
    if tg_table_name = 'own_plan_outcome' and exists (
      select 1 from own_plan_item i join erased_card c on c.plan_id = i.plan_id
        and c.card_id = i.card_id where i.id = to_jsonb(old)->>'item_id') then
      return old;
    end if;
  end if;
  raise exception 'the record is only added to, never changed' using errcode = '55000';
end $$;

create trigger own_plan_item_stays before update or delete on own_plan_item
  for each row execute function refuse_change();
create trigger own_plan_item_stays_whole before truncate on own_plan_item
  execute function refuse_change();
create trigger own_plan_outcome_stays before update or delete on own_plan_outcome
  for each row execute function refuse_change();
create trigger own_plan_outcome_stays_whole before truncate on own_plan_outcome
  execute function refuse_change();
