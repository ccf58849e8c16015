-- A personal link printed on a card for the client opens her own screen, and says only how she is called.
alter table personal_link add column on_card boolean not null default false;
