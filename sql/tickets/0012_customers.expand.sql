-- The customer's side: who asked, in which language, and what a machine has written.
alter table ticket
  add column requester_name text not null default '' check (length(requester_name) <= 200),
  add column language text not null default '' check (language in ('', 'fr', 'en')),
  add column automatic boolean not null default false;   -- asked by a machine: no machine answers it
alter table message
  add column author_name text not null default '' check (length(author_name) <= 200),  -- as he called himself
  add column automatic boolean not null default false;
alter table change add column by_email text;             -- the customer himself; by_id is null then
