-- Links with which customers see a quote and answer it, and their answers.

-- Only the SHA-256 of a token is kept: who reads this table opens nothing with it.
create table link (
  id           bigint generated always as identity primary key,
  quote_id     bigint not null references quote on delete cascade,
  token_hash   bytea not null unique check (length(token_hash) = 32),
  email        text not null check (length(email) <= 254), -- where it was sent
  created_by   bigint,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,                   -- when the quote's last day is over
  revoked_at   timestamptz,
  revoked_by   bigint,
  last_used_at timestamptz
);
create index link_quote on link (quote_id);

-- What the customer said on his link, about which document.
create table answer (
  quote_id   bigint primary key references quote on delete cascade,
  link_id    bigint references link on delete set null,
  accepted   boolean not null,
  name       text not null default '' check (length(name) <= 200),
  reason     text not null default '' check (length(reason) <= 1000),
  at         timestamptz not null default now(),
  client     text not null,                            -- network address
  pdf_sha256 text not null check (pdf_sha256 ~ '^[0-9a-f]{64}$')
);

-- Tokens that were guessed, by network address: an hour long.
create table guess (
  client text not null,
  at     timestamptz not null default clock_timestamp()
);
create index guess_of on guess (client, at);
create index guess_at on guess (at);
