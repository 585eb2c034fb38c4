-- What administrators configure: one document per plugin, "core" for the host itself. The schema is the
-- manifest's; what is missing here has the schema's default.
create table core.setting (
  plugin_id  text primary key,
  value      jsonb not null default '{}',                -- secrets are {"sealed": "…"}
  version    int not null default 0,
  updated_at timestamptz not null default now(),
  updated_by bigint references core.app_user on delete set null
);
create trigger setting_changed after insert or update or delete on core.setting for each statement execute function core.reference_changed();
