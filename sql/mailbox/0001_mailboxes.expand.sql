-- Mailboxes, what came in through them, and what ties answers to tickets (mail.md).
create table mailbox (
  id           bigint generated always as identity primary key,
  name         text not null check (length(name) between 1 and 120),
  address      text not null check (length(address) between 3 and 254),
  protocol     text not null check (protocol in ('imap', 'pop3', 'none')),  -- none: handed over by "guichet mail deliver"
  host         text not null default '',
  port         int not null default 993 check (port between 1 and 65535),
  security     text not null default 'tls' check (security in ('tls', 'starttls', 'none')),  -- none: loopback only
  username     text not null default '',
  password     text not null default '',                 -- sealed for "mailbox/<id>"
  ca_file      text not null default '',                 -- certificates to trust instead of the system's
  folder       text not null default 'INBOX',
  afterwards   text not null default 'seen' check (afterwards in ('seen', 'move', 'delete')),
  moved_to     text not null default '',
  from_start   boolean not null default false,           -- mails that were there before the first fetch are taken as well
  sender       text not null default '',                 -- code of who answers; '' the default one
  language     text not null default 'fr' check (language in ('fr', 'en')),
  ticket_type  text not null default '',
  team_id      bigint,
  authserv_id  text not null default '',                 -- of the server whose Authentication-Results are believed (RFC 8601)
  active       boolean not null default true,
  subaddress   boolean not null default false,           -- address+anything@… arrives: seen when the address was validated
  code         text not null default '',                 -- that must come back
  code_sent_at timestamptz,
  validated_at timestamptz,
  uidvalidity  bigint not null default 0,
  last_uid     bigint not null default 0,
  fetched_at   timestamptz,                              -- the last time that worked
  failures     int not null default 0,
  paused_until timestamptz,
  last_error   text not null default '',
  version      int not null default 1,
  created_at   timestamptz not null default now(),
  created_by   bigint,
  updated_at   timestamptz not null default now(),
  updated_by   bigint
);
create unique index mailbox_address on mailbox (lower(address));

create table inbound_mail (
  id           bigint generated always as identity primary key,
  mailbox_id   bigint not null references mailbox,
  source       text not null,                            -- "imap:<uidvalidity>", "pop3" or "pipe"
  uid          text not null,                            -- what the source calls it
  file_id      bigint not null,                          -- the raw mail
  bytes        bigint not null,
  sha256       text not null,
  state        text not null default 'received'
               check (state in ('received', 'done', 'deferred', 'quarantine', 'dropped')),
  attempts     int not null default 0,
  class        text not null default '',                 -- human, automatic, list, bounce, loop
  why          text not null default '',
  message_id   text not null default '',                 -- without <>
  dedup_key    text not null default '',                 -- mail.md 3.8
  body_key     text not null default '',                 -- of the text without its digits: near-identical mails have the same
  from_address text not null default '',
  from_name    text not null default '',
  subject      text not null default '',
  recipients   text[] not null default '{}',             -- lower case, To and Cc
  sent_at      timestamptz,
  trust        smallint not null default 0,              -- mail.md 3.9: 0 none, 1 DMARC passed, 2 and a valid token
  warnings     text[] not null default '{}',
  quote        text not null default '',
  signature    text not null default '',
  html_file_id bigint,                                   -- cleaned
  ticket_id    bigint,
  ticket_message_id bigint,                              -- null: the mail made the ticket
  hint_ticket_id bigint,                                 -- that it may belong to, although it was not let in
  reopened     boolean not null default false,
  same_as      bigint references inbound_mail on delete set null,
  received_at  timestamptz not null default clock_timestamp(),
  done_at      timestamptz,
  unique (mailbox_id, source, uid)
);
create unique index inbound_mail_once on inbound_mail (mailbox_id, dedup_key) where dedup_key <> '';
create index inbound_mail_key on inbound_mail (dedup_key) where dedup_key <> '';
create index inbound_mail_message_id on inbound_mail (message_id) where message_id <> '';
create index inbound_mail_state on inbound_mail (state, id);
create index inbound_mail_ticket on inbound_mail (ticket_id, id) where ticket_id is not null;
create index inbound_mail_sender on inbound_mail (from_address, received_at);

-- Pictures inside of a mail: shown with its original HTML.
create table inline_part (
  inbound_id bigint not null references inbound_mail on delete cascade,
  content_id text not null,
  file_id    bigint not null,
  sha256     text not null,
  primary key (inbound_id, content_id)
);

-- Mails to customers that this plugin dressed: what an answer or a bounce refers to.
create table mailing (
  id              bigint generated always as identity primary key,
  mailbox_id      bigint references mailbox on delete set null,
  ticket_id       bigint not null,
  ticket_message_id bigint,
  kind            text not null,
  automatic       boolean not null,
  recipient       text not null,                         -- lower case
  mail_message_id text not null unique,
  mail_id         bigint,                                -- of the host's queue
  bounced_at      timestamptz,
  created_at      timestamptz not null default clock_timestamp()
);
create index mailing_automatic on mailing (created_at) where automatic;
create index mailing_recipient on mailing (recipient, created_at) where automatic;
create index mailing_ticket on mailing (ticket_id, id);
create index mailing_mail on mailing (mail_id);

-- Addresses that cannot be reached (mail.md 3.4).
create table bounced_address (
  address          text primary key,                     -- lower case
  failures         int not null default 0,               -- permanent ones within 7 days
  first_failure_at timestamptz not null default clock_timestamp(),
  undeliverable_at timestamptz,
  diagnostic       text not null default ''
);

-- A sender that writes too often to one ticket: nothing is answered by itself until then (mail.md 3.3).
create table parked (
  sender       text not null,
  ticket_id    bigint not null,
  parked_until timestamptz not null,
  why          text not null,
  primary key (sender, ticket_id)
);

-- Secrets of the tokens; the newest one signs.
create table token_key (
  id         smallint generated always as identity primary key,
  secret     text not null,                              -- sealed for "token_key"
  created_at timestamptz not null default now()
);
create table instance (
  only_one boolean primary key default true check (only_one),
  uuid     uuid not null default gen_random_uuid()
);
insert into instance default values;

-- Mails of a POP3 mailbox that lay there before the first fetch, and stay.
create table left_mail (
  mailbox_id bigint not null references mailbox on delete cascade,
  uid        text not null,
  primary key (mailbox_id, uid)
);
