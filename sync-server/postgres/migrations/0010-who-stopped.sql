-- Who asked the runner of a turn to stop; `reason` says it in words until the turn ends.
alter table turns add column stopped_by text;
