-- Every way of signing in leaves a line when it fails: also through one's organisation and by a
-- personal link, which can be too old (OWASP ASVS 16.3.1).

alter table sign_in_log drop constraint sign_in_log_way_check;
alter table sign_in_log add constraint sign_in_log_way_check
  check (way in ('password', 'code', 'passkey', 'organisation', 'link'));
alter table sign_in_log drop constraint sign_in_log_result_check;
alter table sign_in_log add constraint sign_in_log_result_check
  check (result in ('in', 'wrong', 'slowed', 'expired'));
