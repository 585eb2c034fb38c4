-- Files of a ticket, or of one of its messages: then they are for who may read the message. The content is the host's.
create table attachment (
  file_id    bigint primary key,
  ticket_id  bigint not null references ticket on delete cascade,
  message_id bigint references message on delete cascade,
  name       text not null,
  type       text not null,
  bytes      bigint not null,
  created_by bigint,
  created_at timestamptz not null default now()
);
create index attachment_ticket on attachment (ticket_id, file_id);
create index attachment_message on attachment (message_id) where message_id is not null;
