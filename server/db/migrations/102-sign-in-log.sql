-- Signing in, and failing to (NEN 7513, OWASP ASVS 16.3.1). No address, no password, and of an
-- account that does not exist not even the name that was tried.

create table sign_in_log (
  seq bigint generated always as identity primary key,
  at timestamptz not null default now(),
  account_id text, -- null: there is no such account
  way text not null check (way in ('password', 'code', 'passkey')),
  result text not null check (result in ('in', 'wrong', 'slowed'))
);
create index sign_in_log_account on sign_in_log (account_id, at);
create index sign_in_log_at on sign_in_log (at);
create trigger sign_in_log_stays before update on sign_in_log
  for each row execute function refuse_change();
create trigger sign_in_log_kept before delete on sign_in_log
  for each row execute function refuse_early_forgetting();
create trigger sign_in_log_stays_whole before truncate on sign_in_log
  execute function refuse_change();
