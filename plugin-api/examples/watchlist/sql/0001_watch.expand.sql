-- Who watches which ticket, and since when something has changed that he has not seen.
create table watch (
  ticket_id  bigint not null,
  user_id    bigint not null,
  changed_at timestamptz,                              -- null: nothing new
  created_at timestamptz not null default now(),
  primary key (ticket_id, user_id)
);
create index watch_of_user on watch (user_id, ticket_id);

-- Sort and filter of the column "Watched by"; id is the ticket's.
create view watchers_v1 as select ticket_id as id, count(*) as watchers from watch group by ticket_id;
