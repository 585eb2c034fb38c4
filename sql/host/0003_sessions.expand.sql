-- Sessions, API keys and answers kept for repeated requests. Tokens are stored as SHA-256 only.
create table core.session (
  id           bigint generated always as identity primary key,
  token_sha256 bytea not null unique,
  user_id      bigint not null references core.app_user on delete cascade,
  csrf_token   text not null,
  created_at   timestamptz not null default now(),
  seen_at      timestamptz not null default now()
);
create index session_of_user on core.session (user_id);

create table core.api_key (
  id           bigint generated always as identity primary key,
  token_sha256 bytea not null unique,
  user_id      bigint not null references core.app_user on delete cascade,
  label        text not null default '',
  created_at   timestamptz not null default now(),
  revoked_at   timestamptz
);

create table core.login_failure (
  id         bigint generated always as identity primary key,
  login      text not null,
  peer       text not null,
  created_at timestamptz not null default now()
);
create index login_failure_login on core.login_failure (login, created_at);
create index login_failure_created on core.login_failure (created_at);

-- One row per Idempotency-Key and caller, in the transaction of the change it answers for.
create table core.idempotency (
  caller       text not null,                         -- "user/12"
  key          text not null check (length(key) between 1 and 255),
  request_hash bytea not null,                        -- SHA-256 of method, path and body
  status       int,
  headers      jsonb,
  body         text,
  created_at   timestamptz not null default now(),
  primary key (caller, key)
);
create index idempotency_created on core.idempotency (created_at);
