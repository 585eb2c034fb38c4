-- Time spent on tickets: stopwatches, entries, and packs of hours that contracts have. Users, tickets, accounts and contracts
-- belong to others: no foreign keys. Instants are whole seconds, so that no sum of entries loses one.

-- Whoever writes somebody's entries or stopwatches does it after the one before, until the transaction ends.
create function queue_for(person bigint) returns void language sql volatile as
  $$ select pg_advisory_xact_lock(hashtextextended('timesheet.user', person)) $$;

-- What somebody's stopwatch counts; once it is stopped it waits to be recorded as an entry, or discarded.
create table stopwatch (
  id          bigint generated always as identity primary key,
  user_id     bigint not null,
  ticket_id   bigint not null,
  ticket_ref  text not null,
  account_id  bigint,                                  -- the ticket's at the start, on which the time will be booked
  contract_id bigint,
  started_at  timestamptz not null default date_trunc('second', now()) check (extract(epoch from started_at) % 1 = 0),
  stopped_at  timestamptz check (stopped_at >= started_at and extract(epoch from stopped_at) % 1 = 0),
  only_one    boolean not null default false,          -- the setting at the start: no second one of the user anywhere
  automatic   boolean not null default false           -- started with the ticket
);
create unique index stopwatch_of_ticket on stopwatch (user_id, ticket_id) where stopped_at is null;
create unique index stopwatch_of_user on stopwatch (user_id) where stopped_at is null and only_one;
create index stopwatch_user on stopwatch (user_id, id);
create index stopwatch_ticket on stopwatch (ticket_id);

create table entry (
  id          bigint generated always as identity primary key,
  user_id     bigint not null,
  ticket_id   bigint not null,
  ticket_ref  text not null,                           -- what is left to read when the ticket is gone
  account_id  bigint,                                  -- the ticket's when the time was booked
  contract_id bigint,
  day         date not null,                           -- of the begin, on the user's calendar
  starts_at   timestamptz,                             -- null: only how long is known
  ends_at     timestamptz,
  seconds     int not null check (seconds between 1 and 2678400),
  activity    text not null default '',                -- code in the list timesheet.activity
  note        text not null default '' check (length(note) <= 2000),
  billable    boolean not null default true,
  alone       boolean not null default true,           -- the setting when it was written: overlaps no other of the user
  created_at  timestamptz not null default now(),
  created_by  bigint,
  updated_at  timestamptz not null default now(),
  updated_by  bigint,
  version     int not null default 1,
  check ((starts_at is null) = (ends_at is null)),
  check (starts_at is null or seconds = extract(epoch from ends_at - starts_at)),
  -- A range of one user instead of the user: GiST knows ranges without any extension.
  constraint entry_alone exclude using gist (int8range(user_id, user_id, '[]') with &&, tstzrange(starts_at, ends_at) with &&)
    where (alone and starts_at is not null)
);
comment on column entry.activity is 'list:timesheet.activity';
create index entry_clock on entry (user_id, starts_at) where starts_at is not null;
create index entry_day on entry (day, id);
create index entry_user on entry (user_id, day, id);
create index entry_ticket on entry (ticket_id, day, id);
create index entry_account on entry (account_id, day, id);
create index entry_contract on entry (contract_id, day, id) include (seconds, billable);

-- Hours that a contract has bought for a time. Two packs of one contract are never valid on the same day, so that every entry
-- is of one pack or of none.
create table hour_pack (
  id          bigint generated always as identity primary key,
  contract_id bigint not null,
  account_id  bigint not null,                         -- of the contract
  seconds     int not null check (seconds between 60 and 360000000),
  starts_on   date not null,
  ends_on     date check (ends_on >= starts_on),       -- the last day; null: until it is ended
  note        text not null default '' check (length(note) <= 2000),
  created_at  timestamptz not null default now(),
  created_by  bigint,
  updated_at  timestamptz not null default now(),
  updated_by  bigint,
  version     int not null default 1,
  constraint hour_pack_alone exclude using gist
    (int8range(contract_id, contract_id, '[]') with &&, daterange(starts_on, ends_on, '[]') with &&)
);
create index hour_pack_contract on hour_pack (contract_id, starts_on desc);

-- Packs with what was used of them: the billable entries of the contract within the validity.
create view hour_pack_use as
  select p.*, (select coalesce(sum(e.seconds), 0) from entry e
                where e.contract_id = p.contract_id and e.billable and e.day between p.starts_on and coalesce(p.ends_on, 'infinity'))::bigint as used
  from hour_pack p;
