-- The record of a meeting is only added to: not emptied in one stroke either.

create trigger meeting_report_stays_whole before truncate on meeting_report
  execute function refuse_change();
create trigger meeting_correction_stays_whole before truncate on meeting_correction
  execute function refuse_change();
create trigger meeting_set_stays_whole before truncate on meeting_set
  execute function refuse_change();
