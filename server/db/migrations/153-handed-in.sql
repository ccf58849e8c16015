-- what was handed in last, beside what is prepared since: a card that says something else was changed
-- on the board, and its words stand
alter table preparation add column handed_in jsonb not null default '{}';
update preparation set handed_in = answers where handed_in_at is not null;
