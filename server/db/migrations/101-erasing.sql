-- Erasing a whole plan (AVG 17, WGBO 7:455): every row goes, and what stays says that it was done and
-- how its record was chained, without a word of it. The record refuses to be taken away by anybody
-- as before; only of a plan that stands here may it go, and nothing is ever taken from here.

create table plan_erasure (
  plan_id text primary key,
  organisation_id text,
  ground text not null check (ground in ('request', 'retention-over')),
  asked_by text, -- the role of who asked
  done_by text not null, -- the account of the professional who did it
  links int not null, -- how many events there were
  at timestamptz not null default now()
);

create table erased_link (
  plan_id text not null references plan_erasure (plan_id),
  seq bigint not null,
  at timestamptz not null,
  kind text not null,
  previous text not null,
  hash text not null,
  primary key (plan_id, seq)
);

-- cards that were erased one by one: what was said beside them goes as well
create table erased_card (
  plan_id text not null,
  card_id text not null,
  at timestamptz not null default now(),
  primary key (plan_id, card_id)
);

create function refuse_always() returns trigger language plpgsql as $$
begin
  raise exception 'what was erased stays on record' using errcode = '55000';
end $$;
create trigger plan_erasure_stays before update or delete on plan_erasure
  for each row execute function refuse_always();
create trigger plan_erasure_stays_whole before truncate on plan_erasure
  execute function refuse_always();
create trigger erased_link_stays before update or delete on erased_link
  for each row execute function refuse_always();
create trigger erased_link_stays_whole before truncate on erased_link
  execute function refuse_always();
create trigger erased_card_stays before update or delete on erased_card
  for each row execute function refuse_always();
create trigger erased_card_stays_whole before truncate on erased_card
  execute function refuse_always();

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if exists (select 1 from plan_erasure e where e.plan_id = to_jsonb(old)->>'plan_id') then
      return old;
    end if;
    if tg_table_name = 'remark' and exists (
      select 1 from erased_card c where c.plan_id = to_jsonb(old)->>'plan_id'
        and c.card_id = to_jsonb(old)->>'card_id') then
      return old;
    end if;
    if tg_table_name = 'remark_resolved' and exists (
      select 1 from remark r join erased_card c on c.plan_id = r.plan_id and c.card_id = r.card_id
      where r.id = to_jsonb(old)->>'remark_id') then
      return old;
    end if;
  end if;
  raise exception 'the record is only added to, never changed' using errcode = '55000';
end $$;

-- somebody who left, and whose name was taken out
alter table person add column anonymised_at timestamptz;
