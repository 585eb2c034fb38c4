-- Other systems that are told of events over HTTP. Their secrets are derived, not stored: from the key in the settings, the id and
-- the generation.
create table webhook (
  id           bigint generated always as identity primary key,
  name         text not null check (length(name) between 1 and 100),
  url          text not null check (length(url) between 1 and 2000),
  events       text[] not null,
  active       boolean not null default true,
  switched_off text not null default '',               -- why, when nobody has done it: the last error
  generation   int not null default 1,                 -- of the secret
  secret_shown boolean not null default false,         -- of this generation
  version      int not null default 1,
  created_at   timestamptz not null default now(),
  created_by   bigint,
  updated_at   timestamptz not null default now(),
  updated_by   bigint
);

create table webhook_delivery (
  id             bigint generated always as identity primary key,
  webhook_id     bigint not null references webhook on delete cascade,
  event_delivery bigint,                               -- null: a trial
  event          text not null,
  body           text not null,                        -- the same bytes at every attempt
  state          text not null default 'ready' check (state in ('ready', 'leased', 'done', 'dead')),
  attempt        int not null default 0,
  next_at        timestamptz not null default clock_timestamp(),
  lease_until    timestamptz,
  fence          int not null default 0,               -- grows with every claim: who holds an older one is late
  created_at     timestamptz not null default clock_timestamp(),
  finished_at    timestamptz,
  unique (webhook_id, event_delivery)
);
create index webhook_delivery_due on webhook_delivery (webhook_id, next_at) where state = 'ready';
create index webhook_delivery_leased on webhook_delivery (webhook_id, lease_until) where state = 'leased';
create index webhook_delivery_log on webhook_delivery (webhook_id, id desc);
create index webhook_delivery_age on webhook_delivery (created_at);

create table webhook_attempt (
  id          bigint generated always as identity primary key,
  delivery_id bigint not null references webhook_delivery on delete cascade,
  at          timestamptz not null default clock_timestamp(),
  status      int,                                     -- of the answer; null without one
  duration_ms int not null,
  error       text not null default ''
);
create index webhook_attempt_delivery on webhook_attempt (delivery_id, id);
