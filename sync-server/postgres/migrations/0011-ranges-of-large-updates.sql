-- What a large update brings of each client's history: whoever opens its room need not read all of it. Null beside a small
-- one, and beside those of before. The checksum covers both.
alter table journal_updates add column ranges bytea;
