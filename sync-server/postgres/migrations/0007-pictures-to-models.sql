-- Whether a model looks at pictures; one that does not is told their names.
alter table models add column takes_pictures boolean not null default false;
