-- Entries that an administrator has deleted: a later version of the plugin that declares them does not bring them back.
create table core.list_deleted (
  list_id    text not null references core.list on delete cascade,
  code       text not null,
  deleted_at timestamptz not null default now(),
  primary key (list_id, code)
);

-- Columns that hold codes of a list say so in their comment, "list:tickets.type": an entry is deleted only when none of
-- them has its code. A plugin writes the comment in its own migration.
create view core.list_use as
  select substr(d.description, 6) as list_id, n.nspname as schema_name, c.relname as table_name, a.attname as column_name
  from pg_description d
  join pg_class c on c.oid = d.objoid and c.relkind in ('r', 'p')
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid and not a.attisdropped
  where d.classoid = 'pg_class'::regclass and d.objsubid > 0 and d.description like 'list:%';
