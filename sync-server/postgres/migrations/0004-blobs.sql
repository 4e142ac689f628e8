-- Files in parts, where every server on this database finds them. A server with a database of its own keeps files in its folder alone.
create table blob_parts (sha256 text not null, part integer not null, bytes bytea not null, primary key (sha256, part));
-- Most are compressed already.
alter table blob_parts alter column bytes set storage external;
