-- A second person in charge, dates of the work, what the client may see, tags, watchers, and links between tickets.
alter table ticket
  add column in_charge_id bigint,                               -- of the issue itself; the assignee does the work
  add column started_at timestamptz,                            -- null: when it was created
  add column resolved_at timestamptz,                           -- since when it is resolved or closed
  add column visible_to_client boolean not null default false,
  add column tags text[] not null default '{}',
  add column merged_into bigint references ticket on delete set null;
create index ticket_tags on ticket using gin (tags) where tags <> '{}';
create index ticket_tagged on ticket (id) where tags <> '{}';    -- the latest tags are suggested
create index ticket_in_charge on ticket (in_charge_id, status_id, created_at, id);
create index ticket_merged on ticket (merged_into) where merged_into is not null;

-- Who wants to be told of a ticket. It gives nobody the right to see it.
create table watcher (
  ticket_id bigint not null references ticket on delete cascade,
  user_id   bigint not null,
  added_by  bigint,
  added_at  timestamptz not null default now(),
  primary key (ticket_id, user_id)
);
create index watcher_user on watcher (user_id, ticket_id);

-- from_id is a child of to_id, a duplicate of it, or related to it (then neither comes first).
create table link (
  id         bigint generated always as identity primary key,
  from_id    bigint not null references ticket on delete cascade,
  to_id      bigint not null references ticket on delete cascade,
  kind       text not null check (kind in ('parent', 'duplicate', 'related')),
  created_at timestamptz not null default now(),
  created_by bigint,
  check (from_id <> to_id)
);
create unique index link_pair on link (least(from_id, to_id), greatest(from_id, to_id), kind);
create unique index link_parent on link (from_id) where kind = 'parent';
create index link_from on link (from_id, id);
create index link_to on link (to_id, id);

create view watcher_v1 as select ticket_id, user_id from watcher;
create view link_v1 as select id, from_id, to_id, kind from link;
create or replace view ticket_v1 as
  select t.id, t.ref, t.subject, s.code as status, s.phase, t.priority, t.type, t.category, t.severity, t.account_id,
         t.contact_id, t.contract_id, t.assignee_id, t.team_id, t.due_at, t.closed_at, t.created_at, t.created_by, t.updated_at,
         t.in_charge_id, coalesce(t.started_at, t.created_at) as started_at, t.resolved_at, t.visible_to_client, t.tags, t.channel,
         t.progress, t.merged_into
  from ticket t join status s on s.id = t.status_id;
