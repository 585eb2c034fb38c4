-- Quotes, their lines and history, and the catalogue that lines come from.

-- Case, accents and compatibility forms do not matter when people search. Declared immutable, which it is as
-- long as the dictionary core.unaccent is not edited.
create function fold(value text) returns text language sql immutable strict parallel safe as
  $$ select lower(core.unaccent('core.unaccent'::regdictionary, normalize(value, NFKC))) $$;

-- What a quote is about: accounts, contacts, tickets, users and teams belong to others, so no foreign keys. What is printed of the
-- customer is a copy: a document says what it said when it was made.
create table quote (
  id           bigint generated always as identity primary key,
  ref          text unique,                            -- given when it is validated, "DEV-2611-0001"
  state        text not null default 'draft' check (state in ('draft', 'validated', 'sent', 'signed', 'refused', 'billed', 'expired')),
  subject      text not null check (length(subject) between 1 and 200),
  account_id   bigint,
  contact_id   bigint,
  ticket_id    bigint,
  copied_from  bigint references quote on delete set null,
  customer     text not null default '' check (length(customer) <= 200),
  address      text not null default '' check (length(address) <= 1000),
  email        text not null default '' check (length(email) <= 254),
  language     text not null default 'fr' check (language in ('fr', 'en')),
  introduction text not null default '' check (length(introduction) <= 5000),
  conditions   text not null default '' check (length(conditions) <= 10000),
  issued_on    date,                                   -- when it was validated
  valid_until  date not null,                          -- the last day
  owner_id     bigint,
  team_id      bigint,
  net_cents    bigint not null default 0,              -- the sums of its lines (totals.hpp)
  vat_cents    bigint not null default 0,
  gross_cents  bigint not null default 0,
  pdf_file_id  bigint,                                 -- what the customer gets, made once after it was validated
  created_at   timestamptz not null default now(),
  created_by   bigint,                                 -- core user; null: the system
  updated_at   timestamptz not null default now(),
  updated_by   bigint,
  version      int not null default 1,
  search       text not null generated always as (fold(coalesce(ref, '') || ' ' || subject || ' ' || customer)) stored,
  check ((state = 'draft') = (ref is null)),
  check ((state = 'draft') = (issued_on is null))
);
-- Lists have the newest first, and each of their filters in that order.
create index quote_created on quote (created_at, id);
create index quote_state on quote (state, created_at, id);
create index quote_account on quote (account_id, created_at, id) where account_id is not null;
create index quote_ticket on quote (ticket_id, created_at, id) where ticket_id is not null;
create index quote_owner on quote (owner_id, created_at, id);
create index quote_team on quote (team_id, created_at, id) where team_id is not null;
create index quote_open_until on quote (valid_until) where state in ('validated', 'sent');
create index quote_search on quote using gin (search core.gin_trgm_ops);

-- Whole numbers of the last place, as money.hpp counts them.
create table line (
  quote_id   bigint not null references quote on delete cascade,
  position   int not null check (position between 1 and 500),
  item_id    bigint,                                   -- of the catalogue, as it was then
  label      text not null check (length(label) between 1 and 2000),
  quantity   bigint not null check (quantity between 0 and 999999999999),             -- thousandths
  unit       text not null default '' check (length(unit) <= 20),
  unit_price bigint not null check (unit_price between -9999999999999 and 9999999999999), -- ten-thousandths of a euro, without VAT
  discount   int not null default 0 check (discount between 0 and 10000),             -- hundredths of a per cent
  vat_rate   int not null check (vat_rate between 0 and 10000),                       -- hundredths of a per cent
  net_cents  bigint not null,
  primary key (quote_id, position)
);

-- One row per field that changed, and one for what happened.
create table change (
  id         bigint generated always as identity primary key,
  quote_id   bigint not null references quote on delete cascade,
  at         timestamptz not null default now(),
  by_id      bigint,
  by_name    text not null default '',                 -- of one who is no user: the customer
  field      text not null,
  from_value text,
  to_value   text
);
create index change_quote on change (quote_id, id);

create table item (
  id         bigint generated always as identity primary key,
  ref        text not null check (length(ref) between 1 and 40),
  label      text not null check (length(label) between 1 and 2000),
  unit       text not null default '' check (length(unit) <= 20),
  unit_price bigint not null check (unit_price between -9999999999999 and 9999999999999),
  vat_rate   int not null check (vat_rate between 0 and 10000),
  active     boolean not null default true,
  created_at timestamptz not null default now(),
  created_by bigint,
  updated_at timestamptz not null default now(),
  updated_by bigint,
  version    int not null default 1,
  ref_key    text not null generated always as (fold(ref)) stored unique,
  search     text not null generated always as (fold(ref || ' ' || label)) stored
);
create index item_order on item (ref_key, id);
create index item_search on item using gin (search core.gin_trgm_ops);

-- What other plugins may join.
create view quote_v1 as
  select id, ref, state, subject, account_id, contact_id, ticket_id, customer, issued_on, valid_until, owner_id, team_id,
         net_cents, vat_cents, gross_cents, created_at, created_by, updated_at
  from quote;
