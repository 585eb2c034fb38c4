-- Who is told by mail of every new ticket: users, and one generic address. What sends the mails reads the view.
create table alert_recipient (
  id         bigint generated always as identity primary key,
  user_id    bigint unique,
  address    text check (length(address) between 3 and 254),
  created_at timestamptz not null default now(),
  created_by bigint,
  check ((user_id is null) <> (address is null))
);
create unique index alert_recipient_address on alert_recipient ((true)) where address is not null;

-- Those of users who are active; email may be missing or unusable, for the page that says so.
create view alert_v1 as
  select a.id, a.user_id, coalesce(u.name, '') as name, coalesce(a.address, u.email, '') as email, u.language
  from alert_recipient a left join core.user_v1 u on u.id = a.user_id
  where a.address is not null or u.active;
