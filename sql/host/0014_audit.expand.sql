-- Who did what to what, from where. Lines are added, never changed; a user who is gone keeps his lines.
create table core.audit (
  id         bigint generated always as identity primary key,
  at         timestamptz not null default clock_timestamp(),
  user_id    bigint,                                  -- null: nobody, or the system
  actor      text not null default '',                -- login as it was then; "system"
  address    text not null default '',
  request_id text not null default '',
  action     text not null check (length(action) between 1 and 120),   -- "core.login", "tickets.ticket_deleted"
  subject    text not null default '',                -- "module/tickets", "ticket/4711"
  details    jsonb
);
create index audit_at on core.audit (at);
create index audit_user on core.audit (user_id, id);
create index audit_action on core.audit (action text_pattern_ops, id);

create function core.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'lines of % are never changed', tg_table_name;
end $$;
create trigger audit_is_kept before update or delete or truncate on core.audit for each statement execute function core.refuse_change();
