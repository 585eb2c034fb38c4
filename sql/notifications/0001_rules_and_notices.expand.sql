-- Who is told of what: an event, conditions on its ticket, and recipients in their order.
create table rule (
  id         bigint generated always as identity primary key,
  event      text not null check (event in ('new_ticket', 'assigned', 'customer_message', 'reply', 'note', 'status', 'merged')),
  position   int not null,
  first_only boolean not null default false,            -- only the first of the recipients by whom anybody is reached
  active     boolean not null default true,
  version    int not null default 1,
  created_at timestamptz not null default now(),
  created_by bigint,
  updated_at timestamptz not null default now(),
  updated_by bigint
);
create index rule_event on rule (event, position, id) where active;

-- The ticket's field is one of the values; conditions on several fields hold together.
create table rule_condition (
  rule_id bigint not null references rule on delete cascade,
  field   text not null check (field in ('type', 'priority', 'category', 'severity', 'team', 'account_type', 'channel', 'phase')),
  value   text not null check (length(value) between 1 and 80),
  primary key (rule_id, field, value)
);

create table rule_recipient (
  rule_id  bigint not null references rule on delete cascade,
  position int not null,
  kind     text not null check (kind in ('assignee', 'in_charge', 'ticket_team', 'watchers', 'alert_list', 'managers', 'fallback',
                                         'user', 'team', 'address')),
  user_id  bigint,
  team_id  bigint,
  address  text check (length(address) between 3 and 254),
  primary key (rule_id, position),
  check ((kind = 'user') = (user_id is not null) and (kind = 'team') = (team_id is not null) and (kind = 'address') = (address is not null))
);

-- One person, or one address that belongs to no user, told of one event.
create table notice (
  id          bigint generated always as identity primary key,
  delivery_id bigint not null,                           -- of the event: told once, however often it is delivered
  user_id     bigint,
  address     text not null default '',
  event       text not null,
  ticket_id   bigint,
  message_id  bigint,
  actor_id    bigint not null,                           -- 0 anonymous, -1 system
  data        jsonb not null default '{}',
  mail        text not null default 'none' check (mail in ('none', 'due', 'digest', 'done')),
  created_at  timestamptz not null default clock_timestamp(),
  read_at     timestamptz,
  unique nulls not distinct (delivery_id, user_id, address),
  check ((user_id is null) = (address <> ''))
);
create index notice_feed on notice (user_id, id desc) where user_id is not null;
create index notice_unread on notice (user_id, ticket_id) where read_at is null and user_id is not null;
create index notice_mail on notice (created_at) where mail = 'due';
create index notice_digest on notice (user_id) where mail = 'digest';
create index notice_age on notice (created_at);

-- What a user has chosen; without a row the administrator's choice holds.
create table preference (
  user_id bigint not null,
  event   text not null,
  channel text not null check (channel in ('mail', 'page', 'none')),
  primary key (user_id, event)
);
create table digest_reader (user_id bigint primary key);  -- one mail a day instead of one per event

do $$
declare
  r bigint;
begin
  insert into rule (event, position, first_only) values ('assigned', 1, false) returning id into r;
  insert into rule_recipient (rule_id, position, kind) values (r, 1, 'assignee');
  insert into rule (event, position, first_only) values ('new_ticket', 2, true) returning id into r;
  insert into rule_recipient (rule_id, position, kind) values
    (r, 1, 'alert_list'), (r, 2, 'assignee'), (r, 3, 'ticket_team'), (r, 4, 'fallback'), (r, 5, 'managers');
  insert into rule (event, position, first_only) values ('customer_message', 3, true) returning id into r;
  insert into rule_recipient (rule_id, position, kind) values
    (r, 1, 'assignee'), (r, 2, 'ticket_team'), (r, 3, 'fallback'), (r, 4, 'managers');
  insert into rule (event, position, first_only) values ('customer_message', 4, false) returning id into r;
  insert into rule_recipient (rule_id, position, kind) values (r, 1, 'watchers');
  insert into rule (event, position, first_only) values ('reply', 5, false) returning id into r;
  insert into rule_recipient (rule_id, position, kind) values (r, 1, 'watchers'), (r, 2, 'assignee');
  insert into rule (event, position, first_only) values ('note', 6, false) returning id into r;
  insert into rule_recipient (rule_id, position, kind) values (r, 1, 'watchers'), (r, 2, 'assignee');
  insert into rule (event, position, first_only) values ('status', 7, false) returning id into r;
  insert into rule_recipient (rule_id, position, kind) values (r, 1, 'watchers');
  insert into rule (event, position, first_only) values ('merged', 8, false) returning id into r;
  insert into rule_recipient (rule_id, position, kind) values (r, 1, 'watchers'), (r, 2, 'assignee');
end $$;
