-- Events, occurrences that differ from their series, attendees, reminders and private feeds.
create table event (
  id               bigint generated always as identity primary key,
  uid              text not null check (length(uid) between 1 and 255),   -- RFC 5545, 3.8.4.7
  series_id        bigint references event on delete cascade,  -- of an occurrence that differs: its series
  recurs_at        timestamptz,                                -- and the start it had there (RECURRENCE-ID)
  sequence         int not null default 0,                     -- RFC 5545, 3.8.7.4
  title            text not null check (length(title) between 1 and 200),
  type             text,
  starts_at        timestamptz not null,
  ends_at          timestamptz not null,                       -- exclusive
  zone             text not null check (length(zone) between 1 and 80),   -- whole days: UTC, from midnight to midnight
  whole_day        boolean not null default false,
  place            text not null default '' check (length(place) <= 300),
  description      text not null default '' check (length(description) <= 20000),
  owner_id         bigint not null,
  private          boolean not null default false,
  ticket_id        bigint,
  account_id       bigint,
  contact_id       bigint,
  rule             text check (length(rule) between 1 and 500),           -- RRULE; null: once
  excluded         timestamptz[] not null default '{}',        -- EXDATE
  busy_until       timestamptz not null,                       -- end of the last occurrence, infinity when there is none
  reminder_minutes int check (reminder_minutes between 0 and 40320),
  remind_at        timestamptz,                                -- when the next reminder is due
  created_at       timestamptz not null default now(),
  created_by       bigint,
  updated_at       timestamptz not null default now(),
  updated_by       bigint,
  version          int not null default 1,
  check (ends_at >= starts_at),
  check ((series_id is null) = (recurs_at is null)),
  check (rule is null or series_id is null)
);
comment on column event.type is 'list:calendar.type';
create unique index event_uid on event (uid) where series_id is null;
create unique index event_override on event (series_id, recurs_at);
create index event_window on event using gist (tstzrange(starts_at, busy_until, '[]'));
create index event_owner on event (owner_id, starts_at);
create index event_ticket on event (ticket_id, starts_at) where ticket_id is not null;
create index event_account on event (account_id, starts_at) where account_id is not null;
create index event_contact on event (contact_id) where contact_id is not null;
create index event_remind on event (remind_at) where remind_at is not null;

-- Of a series or of an event that happens once; an occurrence that differs has those of its series.
create table attendee (
  id          bigint generated always as identity primary key,
  event_id    bigint not null references event on delete cascade,
  user_id     bigint,
  contact_id  bigint,
  name        text not null default '' check (length(name) <= 200),
  email       text not null check (length(email) between 3 and 254),
  answer      text not null default 'needs-action' check (answer in ('needs-action', 'accepted', 'declined', 'tentative')),
  answered_at timestamptz                                      -- DTSTAMP of the answer
);
create unique index attendee_email on attendee (event_id, lower(email));
create index attendee_user on attendee (user_id) where user_id is not null;

-- The answer for one occurrence of a series, when it differs.
create table occurrence_answer (
  attendee_id bigint not null references attendee on delete cascade,
  recurs_at   timestamptz not null,
  answer      text not null check (answer in ('needs-action', 'accepted', 'declined', 'tentative')),
  answered_at timestamptz not null,
  primary key (attendee_id, recurs_at)
);

-- Which state of an event an attendee was told: an occurrence that differs is told by itself.
create table told (
  event_id    bigint not null references event on delete cascade,
  attendee_id bigint not null references attendee on delete cascade,
  sequence    int not null,
  primary key (event_id, attendee_id)
);
create index told_attendee on told (attendee_id);

-- Files of mails that were written, until they are sent.
create table mailed_file (
  file_id bigint primary key,
  mail_id bigint not null
);

-- Read without a login: only the hash of the token is kept.
create table feed (
  id         bigint generated always as identity primary key,
  token_hash text not null unique,
  user_id    bigint not null,                                  -- whose it is
  team_id    bigint,                                           -- of a team's feed
  created_at timestamptz not null default now(),
  read_at    timestamptz
);
create index feed_user on feed (user_id);

create view event_v1 as
  select id, uid, series_id, recurs_at, type, starts_at, ends_at, zone, whole_day, owner_id, private, ticket_id, account_id, contact_id, rule
  from event;
