-- Several servers on one database. Each start of a server is an instance with a number nobody had before; it writes the
-- journal through one connection, one batch after the other, so what it writes becomes visible in the order of `seq`. Whoever
-- follows an instance by (origin, seq) therefore misses nothing, although the numbers of different instances commit in any order.
create sequence instance_numbers;
alter table journal_updates add column origin integer not null default 0;
alter table journal_updates drop constraint journal_updates_pkey, add primary key (origin, seq);

-- Who is there. Unlogged: it costs no write to the log, and after a crash of the database everybody signs in anew.
create unlogged table instances (
  number integer primary key,
  folder text not null,
  seen_at timestamptz not null,
  -- How far it has read each of the others: nothing is merged away before everybody alive has read it.
  read jsonb not null,
  -- Whom it knows: an instance that starts serves nobody before all others know it.
  others integer[] not null,
  sign_in text not null
);

-- An answer that is being worked out: the instance that does it, and no answer yet.
alter table answers alter column answer drop not null, add column holder integer;

-- Guesses at secrets, counted over all instances.
create unlogged table knocks (key varchar(255) primary key, points integer not null default 0, expire bigint);
