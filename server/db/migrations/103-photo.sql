-- Photos beside the life story. Made anew here from what was sent, without anything a camera adds to
-- them; read by who may read the document the card lies in.

create table photo (
  plan_id text not null references plan (id) on delete cascade,
  card_id text not null,
  document_id text not null references document (id) on delete cascade,
  person_id text not null, -- who put it there
  alt text not null, -- what is to be seen on it
  data bytea not null, -- WebP
  hash text not null,
  width int not null,
  height int not null,
  at timestamptz not null default now(),
  primary key (document_id, card_id)
);
create index photo_plan on photo (plan_id);
