-- What is to begin by itself, and when: the clock of it. What people see stands in the record.
create table schedules (
  id text primary key,
  project_id text not null,
  task_id text not null,
  model_id text not null,
  target_branch text,
  at bigint not null,
  repeats text not null,
  time_zone text not null,
  asked_by text not null references members (id),
  created_at bigint not null
);
create index schedules_due on schedules (at);
