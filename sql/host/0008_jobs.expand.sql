-- Jobs: what the manifests and the host declare, and each run of one.
create table core.job (
  id           text primary key,                       -- "tickets.nightly"
  plugin_id    text not null,                          -- "core" for the host's own
  label        text not null,                          -- msgid in the plugin's domain
  cron         text not null default '',               -- five fields in the company's time zone
  every_s      int not null default 0,                 -- 0: by cron, or on demand only
  singleton    boolean not null,
  timeout_s    int not null,
  max_attempts int not null,
  next_at      timestamptz                             -- null: on demand only
);
create index job_next on core.job (next_at);

create table core.job_run (
  id               bigint generated always as identity primary key,
  job_id           text not null references core.job on delete cascade,
  state            text not null default 'ready' check (state in ('ready', 'leased', 'done', 'dead', 'cancelled')),
  args             jsonb not null default '{}',
  dedupe           text,                               -- null: never the same as another run
  scheduled_at     timestamptz,                        -- the time of the schedule; null: on demand
  singleton        boolean not null,
  attempt          int not null default 0,
  max_attempts     int not null,
  not_before       timestamptz not null default clock_timestamp(),
  lease_until      timestamptz,
  fence            int not null default 0,
  created_at       timestamptz not null default clock_timestamp(),
  started_at       timestamptz,                        -- of the first attempt
  finished_at      timestamptz,
  error            text,
  percent          smallint not null default 0,
  note             text not null default '',
  cancel_requested boolean not null default false
);
create unique index job_run_scheduled on core.job_run (job_id, scheduled_at) where scheduled_at is not null;
create unique index job_run_dedupe on core.job_run (job_id, dedupe) where state = 'ready' and started_at is null and dedupe is not null;
create unique index job_run_singleton on core.job_run (job_id) where state = 'leased' and singleton;
create index job_run_ready on core.job_run (job_id, not_before, id) where state = 'ready';
create index job_run_leased on core.job_run (lease_until) where state = 'leased';
create index job_run_recent on core.job_run (job_id, id);
create index job_run_finished on core.job_run (finished_at) where finished_at is not null;
