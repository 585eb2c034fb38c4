-- Plugins: what the operator wants and what the hosts report. The ledger core.plugin_migration exists
-- before the first migration (host/db/migrator).
create table core.plugin (
  id             text primary key check (id ~ '^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$'),
  wanted         text not null default 'disabled' check (wanted in ('enabled', 'disabled')),
  refused        boolean not null default false,      -- a bridge the operator switched off himself
  package_sha256 text,                                -- chosen by install; null: the highest version found
  version        text,                                -- last enabled
  error          jsonb,                               -- {phase, message, at} of the last failure; null when it went well
  changed_at     timestamptz not null default now()
);

-- Bumped, with notify core_registry, whenever the wanted set of plugins changes.
create sequence core.registry_generation;
