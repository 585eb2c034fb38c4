-- Where a mail that cannot be delivered comes back to (RFC 5321, 4.4), and that it did. Senders as plugins may see them.
alter table core.mail add column return_path text not null default '';  -- '' the sender's address, '<>' nowhere
alter table core.mail drop constraint mail_state_check;
alter table core.mail add constraint mail_state_check
  check (state in ('ready', 'leased', 'done', 'refused', 'dead', 'held', 'bounced'));

create or replace view core.mail_v1 as
  select id, plugin_id, case state when 'ready' then 'queued' when 'leased' then 'queued' when 'done' then 'sent' else state end as state,
         attempt as attempts, error as last_error, message_id, case when state in ('done', 'bounced') then finished_at end as sent_at
  from core.mail;

create view core.mail_sender_v1 as
  select code, name, address, row_number() over (order by position, code) = 1 as is_default from core.mail_sender;
