-- What was said of a mail is told from attempts that merely never ended, because a host was killed (mail.md 3.1 point 6).
alter table inbound_mail
  add column failures int not null default 0,  -- attempts that ended with an error that is not a passing one
  add column tried_at timestamptz;             -- the last attempt began
comment on column inbound_mail.attempts is 'those that began, but for the ones that failed for a passing reason';
