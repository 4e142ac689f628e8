-- Projects that were deleted, since when, and by whom: the rows of the team's document are never believed in this. Once nobody can restore one any more
-- (`forgotten_at`), its rooms stay named, for browsers that still have them may bring them back.
create table removed_projects (id text primary key, at bigint not null, by text not null, forgotten_at bigint, rooms text[] not null default '{}');
