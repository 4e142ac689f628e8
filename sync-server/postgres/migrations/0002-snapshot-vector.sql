-- How far a snapshot reaches in each client's history, so that a room opens without reading all of it. Null: it has to be
-- read (older snapshots, and those that hold updates waiting for others). The checksum covers the bytes, then this.
alter table journal_snapshots add column vector bytea;
