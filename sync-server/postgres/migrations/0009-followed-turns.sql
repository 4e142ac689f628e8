-- False from the end of an execution until what waits in its queue was looked at: whoever ended it may die between the two.
alter table turns add column followed boolean not null default true;
create index turns_unfollowed on turns (ended_at) where not followed;
