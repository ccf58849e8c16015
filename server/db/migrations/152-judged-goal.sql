-- what was judged about one goal alone counts for no other; null: about a topic
alter table judgement add column goal_id text;
