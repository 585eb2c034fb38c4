-- Imports of calendar files, and what was not taken of them.
create table import (
  id         bigint generated always as identity primary key,
  user_id    bigint not null,
  file_id    bigint,                                           -- until it is done
  file_name  text not null check (length(file_name) <= 200),
  zone       text not null,                                    -- of what has none
  state      text not null default 'waiting' check (state in ('waiting', 'done')),
  done       int not null default 0,                           -- events of the file that were looked at
  added      int not null default 0,
  updated    int not null default 0,
  refused    int not null default 0,
  created_at timestamptz not null default now()
);
create index import_user on import (user_id, id);

create table import_problem (
  id        bigint generated always as identity primary key,
  import_id bigint not null references import on delete cascade,
  title     text not null,
  problem   text not null                                      -- msgid
);
create index import_problem_import on import_problem (import_id, id);
