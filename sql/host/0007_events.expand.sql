-- Events: what was published, who wants it, and one delivery per event and subscription.
create table core.subscription (
  id           text primary key,                       -- "<plugin>/<handler>/<event>"
  plugin_id    text not null,
  event        text not null,
  version      int not null,
  max_attempts int not null,
  retired_at   timestamptz                             -- an upgrade dropped it: it is sent nothing new
);
create index subscription_event on core.subscription (event, version) where retired_at is null;

create table core.outbox (
  id         bigint generated always as identity primary key,
  event      text not null,
  version    int not null,
  subject    text not null,                            -- "ticket/4711": the ordering key
  data       jsonb not null,
  actor_id   bigint not null,                          -- 0 anonymous, -1 system
  created_at timestamptz not null default clock_timestamp()
);
create index outbox_created on core.outbox (created_at);

create table core.delivery (
  id              bigint generated always as identity primary key,
  outbox_id       bigint not null references core.outbox on delete cascade,
  subscription_id text not null references core.subscription on delete cascade,
  subject         text not null,
  state           text not null default 'ready' check (state in ('ready', 'leased', 'done', 'dead')),
  attempt         int not null default 0,
  max_attempts    int not null,
  not_before      timestamptz not null default clock_timestamp(),
  lease_until     timestamptz,
  fence           int not null default 0,              -- grows with every claim: who holds an older one is late
  started_at      timestamptz,                         -- of the first attempt
  finished_at     timestamptz,                         -- done, or dead
  error           text,                                -- of the last failed attempt
  unique (outbox_id, subscription_id)
);
create index delivery_ready on core.delivery (subscription_id, not_before, id) where state = 'ready';
create index delivery_order on core.delivery (subscription_id, subject, id) where state in ('ready', 'leased');
create index delivery_leased on core.delivery (lease_until) where state = 'leased';
create index delivery_dead on core.delivery (subscription_id, id) where state = 'dead';
create index delivery_done on core.delivery (finished_at) where state = 'done';
alter table core.delivery set (autovacuum_vacuum_scale_factor = 0.01);

-- In the publisher's transaction. Two publishers for one subject wait for each other until the end of the first one's
-- transaction, so the numbers of deliveries are in the order in which others see them. Switched-off subscribers get
-- theirs too: it waits for them.
create function core.publish(p_event text, p_version int, p_subject text, p_data jsonb, p_actor bigint) returns bigint
language plpgsql as $$
declare
  published bigint;
begin
  perform pg_advisory_xact_lock(1196770128, hashtext(p_subject));
  insert into core.outbox (event, version, subject, data, actor_id)
    values (p_event, p_version, p_subject, p_data, p_actor) returning id into published;
  insert into core.delivery (outbox_id, subscription_id, subject, max_attempts)
    select published, s.id, p_subject, s.max_attempts from core.subscription s
    where s.event = p_event and s.version = p_version and s.retired_at is null;
  if found then
    perform pg_notify('core_outbox', '');
  end if;
  return published;
end $$;
revoke execute on function core.publish(text, int, text, jsonb, bigint) from public;
