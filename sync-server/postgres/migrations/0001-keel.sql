-- The journal: every update of every room, in the order it became durable. The truth.
create table journal_updates (
  seq bigint generated always as identity primary key,
  room text not null,
  bytes bytea not null,
  author text not null,
  at bigint not null,
  checksum bigint not null
);
create index journal_updates_room on journal_updates (room, seq);
-- Updates are small and many; compressing them costs more than it saves.
alter table journal_updates alter column bytes set storage external;

create table journal_snapshots (
  room text not null,
  seq bigint not null,
  bytes bytea not null,
  at bigint not null,
  checksum bigint not null,
  primary key (room, seq)
);
alter table journal_snapshots alter column bytes set storage external;

create table facts (key text primary key, value jsonb not null);

-- Who is who. Times are milliseconds since 1970 in UTC, as in the documents.
create table members (
  id text primary key,
  username text not null,
  email text,
  role text not null,
  is_active boolean not null default true,
  created_at bigint not null
);
create table login_sessions (
  hash text primary key,
  member_id text not null references members (id) on delete cascade,
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null
);
create index login_sessions_member on login_sessions (member_id);
create table api_tokens (
  hash text primary key,
  member_id text references members (id) on delete cascade,
  name text not null,
  role text not null,
  created_at bigint not null,
  revoked_at bigint
);
create table invites (
  hash text primary key,
  name text not null,
  role text not null,
  invited_by text not null,
  created_at bigint not null,
  expires_at bigint not null,
  accepted_by text,
  accepted_at bigint
);
create table tickets (
  hash text primary key,
  member_id text not null references members (id) on delete cascade,
  expires_at bigint not null
);

-- Secrets, sealed with the master key.
create table vault (id text primary key, key_id text not null, sealed bytea not null, ending text not null, created_at bigint not null);

-- What the server itself holds of models and repositories: a document's row is their public face and never believed.
create table models (
  id text primary key,
  name text not null unique,
  provider_type text not null,
  base_url text not null,
  model_name text not null,
  label text not null,
  temperature double precision,
  context_window integer,
  is_active boolean not null,
  provider_id text not null,
  secret_id text
);
create table repos (id text primary key, path text not null unique, name text not null, default_branch text not null, created_at bigint not null);
create table branches (repo_id text not null, branch text not null, attempt_id text not null, primary key (repo_id, branch));

create sequence turn_fence;
create table turns (
  id text primary key,
  kind text not null,
  project_id text,
  attempt_id text,
  session_id text,
  payload jsonb not null,
  sealed bytea,
  status text not null default 'waiting',
  fence bigint not null default 0,
  told bigint not null default 0,
  tries integer not null default 0,
  runner_id text,
  lease_until bigint,
  cancel boolean not null default false,
  asked_by text not null,
  created_at bigint not null,
  ended_at bigint,
  result jsonb,
  reason text
);
create index turns_waiting on turns (created_at) where status = 'waiting';
create index turns_leased on turns (lease_until) where status in ('leased', 'running');
create index turns_attempt on turns (attempt_id, created_at);
create table runners (id text primary key, name text not null, version text not null, seen_at bigint not null);

-- What processes printed: complete lines, redacted, the first and the last part of them.
create table log_heads (
  process_id text primary key,
  turn_id text not null,
  project_id text not null,
  lines bigint not null default 0,
  head_lines bigint not null default 0,
  bytes bigint not null default 0,
  tail_bytes bigint not null default 0,
  dropped bigint not null default 0,
  carry jsonb not null default '{}',
  done boolean not null default false
);
create table log_lines (process_id text not null, seq bigint not null, stream text not null, text text not null, primary key (process_id, seq));

create table answers (member_id text not null, key text not null, procedure text not null, answer jsonb not null, at bigint not null, primary key (member_id, key));
