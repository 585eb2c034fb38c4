-- Mails that their server does not hand over or let go: tried again at the next fetches, and left alone after the third time.
create table stuck_mail (
  mailbox_id bigint not null references mailbox on delete cascade,
  source     text not null,                              -- as in inbound_mail
  uid        text not null,
  attempts   int not null default 1,
  tried_at   timestamptz not null default clock_timestamp(),
  primary key (mailbox_id, source, uid)
);
