-- Imports of CSV files: the file and how it is read, then its lines as they were checked, then only what came of it.
create table import (
  id          bigint generated always as identity primary key,
  kind        text not null check (kind in ('account', 'contact', 'contract')),
  state       text not null default 'new' check (state in ('new', 'checking', 'checked', 'running', 'done', 'failed')),
  file_id     bigint,                              -- of the host's file store; null: removed
  file_name   text not null,
  encoding    text not null check (encoding in ('utf-8', 'windows-1252')),
  separator   text not null check (char_length(separator) = 1),
  columns     jsonb not null default '[]',         -- the field that each column goes to, "" for none
  key         text not null default '',            -- the field by which lines find what they change; "": each one is new
  mode        text not null default 'both' check (mode in ('create', 'update', 'both')),
  words       jsonb not null default '{}',         -- {field: {what people write: code}}, in the language of whoever asked
  total       int not null,                        -- lines, without the head
  checked     int not null default 0,
  at_byte     bigint not null default 0,           -- where checking goes on
  at_line     int not null default 0,
  created     int not null default 0,
  updated     int not null default 0,
  skipped     int not null default 0,
  problems    int not null default 0,
  error       text not null default '',            -- msgid: why it failed
  created_at  timestamptz not null default now(),
  created_by  bigint,
  finished_at timestamptz
);

create table import_line (
  import_id  bigint not null references import on delete cascade,
  line       int not null,
  action     text not null check (action in ('create', 'update', 'skip')),
  key        text,                                 -- folded
  account_id bigint,
  target_id  bigint,
  data       jsonb not null,                       -- {field: value}, only what the line says
  custom     jsonb not null,
  primary key (import_id, line)
);

create table import_problem (
  id        bigint generated always as identity primary key,
  import_id bigint not null references import on delete cascade,
  line      int not null,
  field     text not null,
  value     text not null,
  message   text not null                          -- msgid, or a text of the host
);
create index import_problem_line on import_problem (import_id, line, id);
