-- Access that ends on an agreed day, and a log of who looked that nobody can shorten.

create index person_until on person (access_until) where access = 'active';

-- Lines of the access log are taken away by age only: nobody, with whatever rights the product has,
-- takes away one that is younger than five years (Stcrt. 2019, 38007).
create function refuse_early_forgetting() returns trigger language plpgsql as $$
begin
  if old.at > now() - interval '5 years' then
    raise exception 'the access log is kept for five years at least' using errcode = '55000';
  end if;
  return old;
end $$;
create trigger access_log_kept before delete on access_log
  for each row execute function refuse_early_forgetting();
create trigger access_log_stays_whole before truncate on access_log execute function refuse_change();
create trigger consent_stays_whole before truncate on consent execute function refuse_change();
create index access_log_account on access_log (account_id, at);
