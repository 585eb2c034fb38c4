-- Raw mails are personal data that need not be kept for ever: the ticket has their text and files.
alter table inbound_mail alter column file_id drop not null;  -- null: the original is not kept any more
create index inbound_mail_original on inbound_mail (done_at) where file_id is not null;
