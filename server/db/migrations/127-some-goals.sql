-- Consent for some goals of a plan and not for the rest (WGBO 7:457): which; null for the whole plan.
alter table person add column goals jsonb;
alter table consent add column goals jsonb;
