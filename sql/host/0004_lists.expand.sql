-- Lists (dictionaries) that administrators edit (S0-06 to S0-08, S2-37). Plugins declare them.
create table core.list (
  id        text primary key,                         -- "tickets.type"
  plugin_id text not null,
  label     text not null                             -- msgid in the plugin's domain
);

create table core.list_item (
  id       bigint generated always as identity primary key,
  list_id  text not null references core.list on delete cascade,
  code     text not null check (code ~ '^[A-Za-z0-9_-]{1,40}$'),
  labels   jsonb not null,                            -- {"fr": "Panne", "en": "Fault"}
  color    text not null default 'secondary',         -- a colour name of the design: blue, red, …
  position int not null default 0,
  active   boolean not null default true,
  unique (list_id, code)
);

create view core.list_item_v1 as
  select id, list_id, code, labels, color, position, active from core.list_item;

-- Caches of users, teams, lists and permissions in every host are dropped on this notification.
create function core.reference_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('core_reference', tg_table_name);
  return null;
end $$;
create trigger app_user_changed after insert or update or delete on core.app_user for each statement execute function core.reference_changed();
create trigger team_changed after insert or update or delete on core.team for each statement execute function core.reference_changed();
create trigger team_member_changed after insert or update or delete on core.team_member for each statement execute function core.reference_changed();
create trigger list_item_changed after insert or update or delete on core.list_item for each statement execute function core.reference_changed();
create trigger profile_changed after insert or update or delete on core.profile for each statement execute function core.reference_changed();
create trigger profile_grant_changed after insert or update or delete on core.profile_grant for each statement execute function core.reference_changed();
