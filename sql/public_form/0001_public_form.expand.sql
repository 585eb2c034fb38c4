-- Links that let customers in without a password, what they were exchanged for, and how often somebody came.

-- Signs the forms that are handed out; nothing else.
create table form_key (
  key bytea not null check (length(key) = 32)
);
insert into form_key (key) select decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');

-- Only the SHA-256 of a token is kept: who reads this table opens nothing with it.
create table link (
  id           bigint generated always as identity primary key,
  token_hash   bytea not null unique check (length(token_hash) = 32),
  ticket_id    bigint,                                 -- of one ticket
  account_id   bigint,                                 -- of a customer: everything that is shared with the account,
  contact_id   bigint,                                 -- or with this contact of it
  email        text not null default '' check (length(email) <= 254),  -- where it was sent, in lower case; '': handed over
  preview      boolean not null default false,         -- of a colleague who looks, and changes nothing
  created_by   bigint,                                 -- null: the system, with a mail
  created_at   timestamptz not null default now(),
  expires_at   timestamptz,
  revoked_at   timestamptz,
  revoked_by   bigint,
  last_used_at timestamptz,
  check ((ticket_id is null) <> (account_id is null and contact_id is null))
);
create index link_ticket on link (ticket_id) where ticket_id is not null;
create index link_account on link (account_id) where account_id is not null;
create index link_contact on link (contact_id) where contact_id is not null;

-- A browser that came with a link: its cookie stands for the links it has brought, so that no token stays in an address.
create table visit (
  id         bigint generated always as identity primary key,
  token_hash bytea not null unique check (length(token_hash) = 32),
  expires_at timestamptz not null
);
create index visit_expires on visit (expires_at);
create table visit_link (
  visit_id   bigint not null references visit on delete cascade,
  link_id    bigint not null references link on delete cascade,
  contact_id bigint,                                   -- who of the account he says he is
  opened_at  timestamptz not null default now(),
  primary key (visit_id, link_id)
);
create index visit_link_link on visit_link (link_id);

-- Tickets that came through the form, and what is known of the address that was typed.
create table submission (
  ticket_id    bigint primary key,
  email        text not null check (length(email) <= 254),
  state        text not null check (state in ('unknown', 'claimed', 'several', 'known')),
  confirmed_at timestamptz                             -- the link in the mail to this address was used
);
create index submission_email on submission (email);

-- What is limited: who did it, when, and how much of it. A day long.
create table attempt (
  kind   text not null,
  key    text not null,
  at     timestamptz not null default clock_timestamp(),
  amount bigint not null default 1
);
create index attempt_of on attempt (kind, key, at);
create index attempt_at on attempt (at);

-- What the form says when a category is chosen, per language.
create table category_help (
  category text not null check (category ~ '^[A-Za-z0-9_-]{1,40}$'),
  language text not null check (language ~ '^[a-z]{2}$'),
  body     text not null check (length(body) between 1 and 2000),
  primary key (category, language)
);

create table logo (
  file_id     bigint primary key,
  uploaded_at timestamptz not null default now()
);
