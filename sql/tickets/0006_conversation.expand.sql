-- Who asked, when it is no contact of the directory.
alter table ticket add column requester_email text not null default '' check (length(requester_email) <= 254);

-- What became of a message: for whom a mail was written, and when the recipient of a private one has opened it.
alter table message add column by_mail boolean not null default false;  -- of a team note: colleagues shall be told by mail
alter table message add column mailed_to text;
alter table message add column mail_id bigint;                          -- in the host's queue of outgoing mail
alter table message add column read_at timestamptz;
create index message_inbox on message (to_user_id, created_at, id) where to_user_id is not null;

-- What somebody has typed and not sent, one per ticket.
create table draft (
  ticket_id  bigint not null references ticket on delete cascade,
  user_id    bigint not null,
  body       text not null check (length(body) between 1 and 50000),
  visibility text not null check (visibility in ('public', 'team', 'private')),
  to_user_id bigint,
  by_mail    boolean not null default false,
  updated_at timestamptz not null default now(),
  primary key (ticket_id, user_id)
);
