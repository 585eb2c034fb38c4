-- Fields that administrators add to objects of plugins. The values are in the owner's table: column custom jsonb.
create table core.field_group (
  id       bigint generated always as identity primary key,
  object   text not null,                             -- "tickets.ticket"
  labels   jsonb not null,                            -- {"fr": "Site", "en": "Site"}
  position int not null default 0
);

create table core.custom_field (
  id         bigint generated always as identity primary key,
  object     text not null,
  code       text not null check (code ~ '^[a-z][a-z0-9_]{0,39}$'),
  type       text not null check (type in ('text', 'long_text', 'integer', 'decimal', 'money', 'date', 'datetime', 'boolean', 'list',
                                           'user', 'account', 'equipment')),
  labels     jsonb not null,
  help       jsonb not null default '{}',
  group_id   bigint references core.field_group on delete set null,
  options    jsonb not null default '[]',             -- of a list: [{"value": "a", "labels": {…}, "active": true}]
  currency   text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  position   int not null default 0,
  mandatory  boolean not null default false,
  in_form    boolean not null default true,           -- shown when the object is made
  more_info  boolean not null default false,          -- folded away under "More info"
  audience   text not null default 'internal' check (audience in ('internal', 'public', 'both')),
  searchable boolean not null default false,
  filterable boolean not null default false,
  active     boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version    int not null default 1,
  unique (object, code)
);

-- Fields a plugin declares and an administrator has deleted: they do not come back with the next version.
create table core.deleted_field (
  object text not null,
  code   text not null,
  primary key (object, code)
);

create trigger field_group_changed after insert or update or delete on core.field_group for each statement execute function core.reference_changed();
create trigger custom_field_changed after insert or update or delete on core.custom_field for each statement execute function core.reference_changed();
