-- Tickets, the messages of their conversation and the history of their changes.

-- Case, accents and compatibility forms do not matter when people search. Declared immutable, which it is as
-- long as the dictionary core.unaccent is not edited.
create function fold(value text) returns text language sql immutable strict parallel safe as
  $$ select lower(core.unaccent('core.unaccent'::regdictionary, normalize(value, NFKC))) $$;

-- A pattern for "search like", in which %, _ and \ of what was typed stand for themselves.
create function pattern(typed text) returns text language sql immutable strict parallel safe as
  $$ select '%' || replace(replace(replace(fold(typed), '\', '\\'), '%', '\%'), '_', '\_') || '%' $$;

-- One row per series of numbers. The row is locked from the moment a number is taken until the transaction
-- ends, so that no number is ever missing.
create table counter (
  name  text primary key,
  value bigint not null default 0
);
insert into counter (name) values ('ticket');

-- The steps of a ticket's life. Rules, lists and statistics use the phase, people see the label. The first by
-- position is the one of a new ticket. Koban's PENDING means "in progress" where others mean "waiting": no code
-- here is called so.
create table status (
  id       bigint generated always as identity primary key,
  code     text not null unique check (code ~ '^[A-Z][A-Z0-9_]{0,39}$'),
  labels   jsonb not null,
  phase    text not null check (phase in ('new', 'open', 'waiting', 'resolved', 'closed', 'deleted')),
  color    text not null default 'secondary',
  position int not null
);
insert into status (code, labels, phase, color, position) values
  ('NEW',         '{"fr": "Nouveau", "en": "New"}',                                     'new',      'blue',      1),
  ('READ',        '{"fr": "Lu", "en": "Read"}',                                         'new',      'azure',     2),
  ('ASSIGNED',    '{"fr": "Attribué", "en": "Assigned"}',                               'open',     'indigo',    3),
  ('IN_PROGRESS', '{"fr": "En cours", "en": "In progress"}',                            'open',     'purple',    4),
  ('CUSTOMER',    '{"fr": "En attente du client", "en": "Waiting for the customer"}',   'waiting',  'orange',    5),
  ('ON_HOLD',     '{"fr": "En attente d’un tiers", "en": "Waiting for a third party"}', 'waiting',  'yellow',    6),
  ('RESOLVED',    '{"fr": "Résolu", "en": "Resolved"}',                                 'resolved', 'teal',      7),
  ('CLOSED',      '{"fr": "Fermé", "en": "Closed"}',                                    'closed',   'secondary', 8),
  ('CANCELLED',   '{"fr": "Annulé", "en": "Cancelled"}',                                'deleted',  'pink',      9);

-- type, priority, category and severity are codes of the lists tickets.<column>; '' is "not set", so that one
-- index serves both. Accounts, contacts, contracts, users and teams belong to others: no foreign keys.
create table ticket (
  id          bigint generated always as identity primary key,
  number      bigint not null,                         -- of the counter, in the order of storing
  ref         text not null unique,                    -- what people call it, "T2611-0042"
  tracking_id text not null unique default left(replace(gen_random_uuid()::text || gen_random_uuid(), '-', ''), 40),
  subject     text not null check (length(subject) between 1 and 200),
  description text not null default '' check (length(description) <= 50000),
  status_id   bigint not null references status,
  priority    text not null default '',
  type        text not null default '',
  category    text not null default '',
  severity    text not null default '',
  account_id  bigint,
  contact_id  bigint,
  contract_id bigint,
  assignee_id bigint,
  team_id     bigint,
  channel     text not null default 'agent' check (channel in ('agent', 'phone', 'email', 'letter', 'web', 'api')),
  due_at      timestamptz,
  progress    smallint not null default 0 check (progress between 0 and 100),
  read_at     timestamptz,                             -- first opened by someone who may work on it
  read_by     bigint,
  closed_at   timestamptz,
  created_at  timestamptz not null default now(),
  created_by  bigint,                                  -- core user; null: the system
  updated_at  timestamptz not null default now(),      -- last change or message
  updated_by  bigint,
  version     int not null default 1,                  -- counts changes, not messages: these never conflict
  search      text not null generated always as (fold(ref || ' ' || subject)) stored
);
-- Lists ask status by status (ticket_query.cpp), so every index has the status and then the order.
create index ticket_created on ticket (status_id, created_at, id);
create index ticket_updated on ticket (status_id, updated_at, id);
create index ticket_number on ticket (status_id, number, id);
create index ticket_due on ticket (status_id, coalesce(due_at, '9999-12-31 00:00:00+00'), id);
create index ticket_priority on ticket (priority, status_id, created_at, id);
create index ticket_type on ticket (type, status_id, created_at, id);
create index ticket_assignee on ticket (assignee_id, status_id, created_at, id);
create index ticket_unassigned on ticket (status_id, created_at, id) where assignee_id is null;
create index ticket_creator on ticket (created_by, status_id, created_at, id);
create index ticket_team on ticket (team_id, status_id, created_at, id);
create index ticket_account on ticket (account_id, status_id, created_at, id);
create index ticket_contact on ticket (contact_id, status_id, created_at, id);
create index ticket_search on ticket using gin (search core.gin_trgm_ops);

create table message (
  id           bigint generated always as identity primary key,
  ticket_id    bigint not null references ticket on delete cascade,
  author_id    bigint,
  author_email text,                                   -- of one who is no user
  body         text not null check (length(body) between 1 and 50000),
  visibility   text not null check (visibility in ('public', 'team', 'private')),
  to_user_id   bigint,
  created_at   timestamptz not null default now(),
  check (author_id is not null or author_email is not null),
  check ((visibility = 'private') = (to_user_id is not null))
);
create index message_ticket on message (ticket_id, created_at, id);

-- One row per field that changed, and one for "created" and "read". Values are ids, codes or text as stored.
create table change (
  id         bigint generated always as identity primary key,
  ticket_id  bigint not null references ticket on delete cascade,
  version    int not null,                             -- of the ticket after the change
  at         timestamptz not null default now(),
  by_id      bigint,
  field      text not null,
  from_value text,
  to_value   text
);
create index change_ticket on change (ticket_id, id);

-- What other plugins may join.
create view status_v1 as select id, code, labels, phase, color, position from status;
create view ticket_v1 as
  select t.id, t.ref, t.subject, s.code as status, s.phase, t.priority, t.type, t.category, t.severity, t.account_id,
         t.contact_id, t.contract_id, t.assignee_id, t.team_id, t.due_at, t.closed_at, t.created_at, t.created_by, t.updated_at
  from ticket t join status s on s.id = t.status_id;
