-- Service levels. Tickets, users, teams, accounts and contracts belong to others: no foreign keys.

-- When somebody works: {zone, week, closed, closed_yearly, hours, hours_yearly, holidays}, as REST writes it.
create table calendar (
  id         bigint generated always as identity primary key,
  name       text not null check (length(name) between 1 and 80),
  definition jsonb not null,
  created_at timestamptz not null default now(),
  created_by bigint,
  updated_at timestamptz not null default now(),
  updated_by bigint,
  version    int not null default 1
);
create unique index calendar_name on calendar (lower(name));

-- What is promised to which tickets; the first active one by position that suits a ticket is its own.
create table policy (
  id           bigint generated always as identity primary key,
  name         text not null check (length(name) between 1 and 80),
  position     int not null,
  active       boolean not null default false,
  enforce_from timestamptz,                            -- what was due before is nobody's fault; null: was never active
  calendar_id  bigint not null references calendar,
  definition   jsonb not null,                         -- {scope, first_response, next_response, resolution, …, levels}
  created_at   timestamptz not null default now(),
  created_by   bigint,
  updated_at   timestamptz not null default now(),
  updated_by   bigint,
  version      int not null default 1
);
create unique index policy_name on policy (lower(name));
create index policy_position on policy (position, id);

-- What a policy was when something was measured by it; outlives the policy.
create table policy_version (
  policy_id  bigint not null,
  version    int not null,
  name       text not null,
  calendar   jsonb not null,
  definition jsonb not null,
  at         timestamptz not null default now(),
  by_id      bigint,
  primary key (policy_id, version)
);

-- One row per ticket that was looked at: what lists sort and filter by, and when it is to be looked at again. Everything but next_at is
-- computed from what happened to the ticket, and may be computed again at any time.
create table ticket_state (
  ticket_id      bigint primary key,
  policy_id      bigint,
  policy_version int,
  open           boolean not null default true,        -- the ticket is not resolved, closed, cancelled or merged
  counted        boolean not null default true,        -- not merged, not cancelled: part of the rates
  state          text not null default 'none' check (state in ('none', 'running', 'late', 'paused', 'done')),
  clock          text,                                 -- the one that is due first
  due_at         timestamptz,                          -- null: paused, or nothing is due
  remaining_s    bigint,                               -- of working time; as it stood at computed_at
  computed_at    timestamptz,
  next_at        timestamptz                           -- the scheduler's: nothing happens by itself before
);
create index ticket_state_next on ticket_state (next_at) where next_at is not null;
create index ticket_state_due on ticket_state (due_at, ticket_id) where open and due_at is not null;
create index ticket_state_late on ticket_state (due_at, ticket_id) where open and state = 'late';
create index ticket_state_policy on ticket_state (policy_id) where open;

-- The clocks of a ticket; those that ended stay as they were measured.
create table clock (
  ticket_id      bigint not null references ticket_state on delete cascade,
  kind           text not null check (kind in ('first_response', 'next_response', 'resolution')),
  cycle          int not null,
  policy_id      bigint not null,
  policy_version int not null,
  started_at     timestamptz not null,
  due_at         timestamptz not null,                 -- while paused: what it would be if the pause ended where it began
  met_at         timestamptz,
  stopped        boolean not null,                     -- nobody waits any more, and nobody met it
  paused         boolean not null,
  pinned         boolean not null,
  enforced       boolean not null,                     -- false: was due before the policy came into force
  breached_at    timestamptz,
  elapsed_s      bigint not null,
  paused_s       bigint not null,
  remaining_s    bigint not null,
  assignee_id    bigint,
  team_id        bigint,
  account_id     bigint,
  type           text not null default '',
  priority       text not null default '',
  primary key (ticket_id, kind, cycle)
);
create index clock_ended on clock (met_at) where met_at is not null;
create index clock_breached on clock (breached_at) where breached_at is not null;

-- What was not met. Such a row never goes away again.
create table breach (
  ticket_id      bigint not null,
  ticket_ref     text not null,
  kind           text not null,
  cycle          int not null,
  policy_id      bigint not null,
  policy_version int not null,
  due_at         timestamptz not null,
  breached_at    timestamptz not null,
  met_at         timestamptz,
  overrun_s      bigint not null default 0,            -- working time, until it was met
  reason         text not null check (reason in ('time', 'change')),  -- change: a new policy, calendar or priority made it late
  assignee_id    bigint,
  team_id        bigint,
  account_id     bigint,
  primary key (ticket_id, kind, cycle)
);
create index breach_at on breach (breached_at, ticket_id);

-- Levels that were reached: each once per cycle, unless the deadline moves away from it again.
create table escalation (
  ticket_id bigint not null references ticket_state on delete cascade,
  kind      text not null,
  cycle     int not null,
  level     text not null,                             -- "resolution/80%", "resolution/+30"
  fired_at  timestamptz not null default now(),
  skipped   boolean not null,                          -- a later level was due as well: that one alone was acted on
  primary key (ticket_id, kind, cycle, level)
);

-- Who is to be told; sent at the end of the scheduler's pass, one mail per address.
create table notice (
  id        bigint generated always as identity primary key,
  address   text not null,
  language  text not null,
  ticket_id bigint not null,
  ticket_ref text not null,
  subject   text not null,
  kind      text not null,
  due_at    timestamptz not null,
  late      boolean not null
);
create index notice_address on notice (address, id);

-- What other modules, and the list of tickets, may join.
create view ticket_due_v1 as select ticket_id as id, due_at, state, clock, policy_id from ticket_state where open;

-- Nobody begins with an empty page: office hours in France.
insert into calendar (name, definition) values
  ('France', '{"zone": "Europe/Paris", "holidays": "FR", "week": {"mon": [["09:00", "12:00"], ["14:00", "18:00"]],
    "tue": [["09:00", "12:00"], ["14:00", "18:00"]], "wed": [["09:00", "12:00"], ["14:00", "18:00"]],
    "thu": [["09:00", "12:00"], ["14:00", "18:00"]], "fri": [["09:00", "12:00"], ["14:00", "18:00"]]}}');
