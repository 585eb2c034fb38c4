-- An answer may be read before the mail that it answers (mail.md 3.2 row 3).
alter table inbound_mail add column answers text[] not null default '{}';  -- ids of In-Reply-To and References, without <>
create index inbound_mail_answers on inbound_mail using gin (answers) where answers <> '{}';
