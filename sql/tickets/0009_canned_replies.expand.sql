-- Texts that answers are begun with. {{name}} stands for a value of the ticket, as in the texts of mails.
create table canned_reply (
  id         bigint generated always as identity primary key,
  name       text not null check (length(name) between 1 and 100),
  body       text not null check (length(body) between 1 and 50000),
  team_id    bigint,                                  -- whose it is; null: everybody's
  active     boolean not null default true,
  created_at timestamptz not null default now(),
  created_by bigint,
  updated_at timestamptz not null default now(),
  updated_by bigint,
  version    int not null default 1,
  name_key   text collate "C" not null generated always as (fold(name)) stored
);
create index canned_reply_name on canned_reply (name_key, id);
