-- Outgoing mail: written in the transaction of what it tells about, sent after its commit.
create table core.mail_sender (
  code         text primary key check (code ~ '^[a-z][a-z0-9_]{0,39}$'),
  name         text not null check (length(name) <= 120),           -- of the From header
  address      text not null check (length(address) between 3 and 254),
  reply_to     text not null default '',
  host         text not null,
  port         int not null check (port between 1 and 65535),
  security     text not null check (security in ('starttls', 'tls', 'none')),
  username     text not null default '',
  password     text not null default '',              -- sealed
  ca_file      text not null default '',              -- certificates to trust instead of the system's
  position     int not null default 0,                -- the first one is the default
  failures     int not null default 0,                -- in a row, of the server rather than of a mail
  paused_until timestamptz,                           -- not asked before
  last_error   text not null default '',
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now()
);

-- What administrators wrote instead of a template's first text.
create table core.mail_template_text (
  template_id text not null,                          -- "tickets.assigned"
  language    text not null check (language in ('fr', 'en')),
  subject     text not null,
  body        text not null,
  updated_at  timestamptz not null default now(),
  updated_by  bigint references core.app_user on delete set null,
  primary key (template_id, language)
);

create table core.mail (
  id          bigint generated always as identity primary key,
  state       text not null default 'ready' check (state in ('ready', 'leased', 'done', 'refused', 'dead', 'held')),
  sender      text not null default '',               -- code; '' = the default one
  plugin_id   text not null,
  template_id text not null,
  language    text not null,
  message_id  text not null unique,                   -- without <>; the same over all attempts
  to_address  text not null,
  to_name     text not null default '',
  reply_to    text not null default '',
  in_reply_to text not null default '',
  refs        text not null default '',               -- ids with blanks between
  headers     jsonb not null default '{}',
  subject     text not null,
  text_body   text not null,
  html_body   text not null,
  attempt     int not null default 0,
  max_attempts int not null default 12,
  not_before  timestamptz not null default clock_timestamp(),
  lease_until timestamptz,
  fence       int not null default 0,
  started_at  timestamptz,
  finished_at timestamptz,
  error       text,                                   -- of the last failed attempt, or why it was refused
  result      text not null default '' check (result in ('', '2xx', '4xx', '5xx', 'unreachable', 'ambiguous')),  -- of the last attempt
  unanswered  int not null default 0,                 -- attempts that ended after the content was handed over and before the answer
  request_id  text not null default '',
  created_by  bigint references core.app_user on delete set null,
  created_at  timestamptz not null default clock_timestamp()
);
create index mail_ready on core.mail (sender, not_before, id) where state = 'ready';
create index mail_leased on core.mail (lease_until) where state = 'leased';
create index mail_state on core.mail (state, id);
create index mail_finished on core.mail (finished_at) where state = 'done';
alter table core.mail set (autovacuum_vacuum_scale_factor = 0.01);

create table core.mail_attachment (
  mail_id  bigint not null references core.mail on delete cascade,
  position int not null,
  file_id  bigint not null references core.file,      -- the host's own row: the plugin may remove its file meanwhile
  primary key (mail_id, position)
);
create index mail_attachment_file on core.mail_attachment (file_id);

create function core.mail_attachment_gone() returns trigger language plpgsql as $$
begin
  delete from core.file where id = old.file_id;
  return null;
end $$;
create trigger mail_attachment_gone after delete on core.mail_attachment for each row execute function core.mail_attachment_gone();

create view core.mail_v1 as
  select id, plugin_id, case state when 'ready' then 'queued' when 'leased' then 'queued' when 'done' then 'sent' else state end as state,
         attempt as attempts, error as last_error, message_id, case when state = 'done' then finished_at end as sent_at
  from core.mail;

create function core.mail_ready() returns trigger language plpgsql as $$
begin
  perform pg_notify('core_mail', '');
  return null;
end $$;
create trigger mail_written after insert on core.mail for each statement execute function core.mail_ready();
