-- Files: a row names content that lies in the folder of files under its SHA-256, written there before the row.
create table core.file (
  id         bigint generated always as identity primary key,
  sha256     text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  name       text not null check (length(name) between 1 and 200),
  type       text not null,                           -- found in the content
  bytes      bigint not null check (bytes >= 0),
  plugin_id  text not null,                           -- who decides who may read it; 'core' for the host's own
  created_by bigint references core.app_user on delete set null,
  created_at timestamptz not null default now()
);
create index file_sha256 on core.file (sha256);
create index file_plugin on core.file (plugin_id, id);
