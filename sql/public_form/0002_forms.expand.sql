-- Forms that were sent, so that one that comes twice is taken once (R61), and files that wait for one that could not be taken (R60).

-- By the SHA-256 of the form's token. A day long: older forms are not taken.
create table sent_form (
  form_hash    bytea primary key check (length(form_hash) = 32),
  content_hash bytea not null check (length(content_hash) = 32),  -- of what was entered
  ticket_id    bigint,                                            -- what came of it
  ref          text not null default '',
  sent_at      timestamptz not null default now()
);
create index sent_form_at on sent_form (sent_at);

create table kept_file (
  file_id   bigint primary key,
  form_hash bytea not null check (length(form_hash) = 32),
  name      text not null,
  bytes     bigint not null check (bytes >= 0),
  kept_at   timestamptz not null default now()
);
create index kept_file_form on kept_file (form_hash);
create index kept_file_at on kept_file (kept_at);
