-- What crashed, what an upgrade replaced, and which host processes have which packages in memory.
alter table core.plugin
  add column crashes         timestamptz[] not null default '{}',  -- of the last ten minutes, oldest first
  add column quarantined_at  timestamptz,                          -- left out until an operator enables it again
  add column previous_sha256 text;                                 -- the package before package_sha256: what a rollback returns to

-- One row per running host process, seen again every few seconds. A row nobody has seen for 30 seconds
-- (by the clock of the database) is that of a process which died.
create table core.process (
  id         text primary key,
  host       text not null,
  pid        int not null,
  started_at timestamptz not null default clock_timestamp(),
  seen_at    timestamptz not null default clock_timestamp(),
  generation bigint not null,            -- of core.registry_generation, when the process last became as wanted
  plugins    jsonb not null default '{}' -- {"<plugin id>": ["<sha256>", …]}: everything in its memory, draining ones too
);
