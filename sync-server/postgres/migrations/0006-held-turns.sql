-- A turn that waits for room in a column of the board; no runner gets it before.
alter table turns add column held boolean not null default false;
create index turns_held on turns (project_id) where held and status = 'waiting';
