-- What other modules may read of what happened to a ticket: its statuses, and who wrote when (never what).
create view status_change_v1 as
  select c.id, c.ticket_id, c.at, f.code as from_status, t.code as to_status
  from change c
  left join status f on f.id::text = c.from_value
  left join status t on t.id::text = c.to_value
  where c.field = 'status';
create view message_v1 as
  select id, ticket_id, created_at, visibility, author_id is null as from_customer, automatic from message;
create index change_status on change (ticket_id, id) where field = 'status';
