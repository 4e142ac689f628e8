-- What is known of each file. `type`: of a picture; null for what a runner brought, which is never swept. `unused_since`: every sweep
-- since then found nothing that names it. `asked_at`: somebody asked for it after it was removed.
create table blobs (
  sha256 text primary key,
  size bigint not null,
  type text,
  unused_since bigint,
  removed_at bigint,
  asked_at bigint
);
create index blobs_removed on blobs (sha256) where removed_at is not null;

-- The files that each room's document names, as it was when `state` was all there was of it.
create table rooms_read (room text primary key, state text not null);
create table blob_names (sha256 text not null, room text not null, primary key (sha256, room));
create index blob_names_room on blob_names (room);
