-- A therapist reads of the zone of the care their own part of it (domain.md §3.3). A document is the
-- unit of permission, so that part is a board of its own, owned by them; the client, who acts for
-- her, nurses and physicians read it as well.

create unique index document_care_part on document (plan_id, owner_id)
  where kind = 'board' and zone = 'care' and owner_id is not null;

insert into document (plan_id, id, kind, zone, owner_id)
select plan_id,
  substr(translate(replace(gen_random_uuid()::text, '-', ''), '0123456789abcdef',
    'abcdefghjkmnpqrs'), 1, 20),
  'board', 'care', id
from person
where authority <> 'none' and role in ('physiotherapist', 'occupational_therapist', 'speech_therapist', 'dietician',
  'psychologist', 'spiritual_carer', 'activity_coordinator');
