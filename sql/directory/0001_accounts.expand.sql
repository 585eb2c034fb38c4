-- Accounts (third parties), their contacts and their contracts.

-- Case, accents and compatibility forms do not matter when people search and sort. Declared immutable, which
-- it is as long as the dictionary core.unaccent is not edited.
create function fold(value text) returns text language sql immutable strict parallel safe as
  $$ select lower(core.unaccent('core.unaccent'::regdictionary, normalize(value, NFKC))) $$;

create table account (
  id         bigint generated always as identity primary key,
  name       text not null check (name <> ''),
  code       text,                                    -- customer number
  type       text not null,                           -- code in the list directory.account_type
  email      text,
  phone      text,
  website    text,
  address    text,
  zip        text,
  town       text,
  country    text,
  notes      text,
  active     boolean not null default true,
  created_at timestamptz not null default now(),
  created_by bigint,                                  -- core user; null: the system
  updated_at timestamptz not null default now(),
  updated_by bigint,
  version    int not null default 1,
  name_key   text collate "C" not null generated always as (fold(name)) stored,
  email_key  text collate "C" generated always as (lower(email)) stored,
  search_key text not null generated always as
    (fold(name || ' ' || coalesce(code, '') || ' ' || coalesce(town, '') || ' ' || coalesce(email, ''))) stored
);
create unique index account_code on account (lower(code));
create index account_name on account (name_key, id);
create index account_type on account (type, name_key, id);
create index account_email on account (email_key);
create index account_created on account (created_at, id);
create index account_created_by on account (created_by);
create index account_search on account using gin (search_key core.gin_trgm_ops);

create table contact (
  id         bigint generated always as identity primary key,
  account_id bigint not null references account,
  first_name text,
  last_name  text not null check (last_name <> ''),
  job_title  text,
  email      text,
  phone      text,
  mobile     text,
  active     boolean not null default true,
  created_at timestamptz not null default now(),
  created_by bigint,
  updated_at timestamptz not null default now(),
  updated_by bigint,
  version    int not null default 1,
  name       text not null generated always as (coalesce(first_name || ' ', '') || last_name) stored,
  name_key   text collate "C" not null generated always as (fold(last_name || ' ' || coalesce(first_name, ''))) stored,
  email_key  text collate "C" generated always as (lower(email)) stored,
  search_key text not null generated always as
    (fold(coalesce(first_name || ' ', '') || last_name || ' ' || coalesce(email, '') || ' ' || coalesce(job_title, ''))) stored
);
create index contact_name on contact (name_key, id);
create index contact_account on contact (account_id, name_key, id);
create index contact_email on contact (email_key);
create index contact_created on contact (created_at, id);
create index contact_search on contact using gin (search_key core.gin_trgm_ops);

create table contract (
  id         bigint generated always as identity primary key,
  account_id bigint not null references account,
  ref        text not null check (ref <> ''),
  label      text not null check (label <> ''),
  starts_on  date,
  ends_on    date check (ends_on >= starts_on),
  status     text not null default 'draft' check (status in ('draft', 'running', 'ended')),
  created_at timestamptz not null default now(),
  created_by bigint,
  updated_at timestamptz not null default now(),
  updated_by bigint,
  version    int not null default 1,
  ref_key    text collate "C" not null generated always as (fold(ref)) stored,
  search_key text not null generated always as (fold(ref || ' ' || label)) stored
);
create sequence contract_number;
create index contract_ref on contract (ref_key, id);
create index contract_account on contract (account_id, ref_key, id);
create index contract_created on contract (created_at, id);
create index contract_search on contract using gin (search_key core.gin_trgm_ops);

-- What other plugins may join. name_key and search_key are indexed: compare them with directory.fold(text).
create view account_v1 as
  select id, name, code, type, email, email_key, phone, town, country, active, created_at, created_by, name_key, search_key
  from account;
create view contact_v1 as
  select id, account_id, name, first_name, last_name, job_title, email, email_key, phone, mobile, active, name_key, search_key
  from contact;
create view contract_v1 as
  select id, account_id, ref, label, starts_on, ends_on, status from contract;
