-- Putting a photo beside a card, and taking it away, is told in the chain of events with the hash of
-- what is on it. Photos of before are told at the next start.

alter table photo add column told boolean not null default false;
alter table photo alter column told set default true;
