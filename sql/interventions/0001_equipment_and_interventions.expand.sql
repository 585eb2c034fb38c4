-- Equipment at customers, which of it a ticket is about, and the sheets of interventions with what was done.

-- Case, accents and compatibility forms do not matter when people search and sort. Declared immutable, which it is as
-- long as the dictionary core.unaccent is not edited.
create function fold(value text) returns text language sql immutable strict parallel safe as
  $$ select lower(core.unaccent('core.unaccent'::regdictionary, normalize(value, NFKC))) $$;
create function custom_text(custom jsonb) returns text language sql immutable strict parallel safe as
  $$ select coalesce(string_agg(interventions.fold(value), ' '), '') from jsonb_each_text(custom) $$;

-- Accounts, contracts and their lines belong to the directory: no foreign keys.
create table equipment (
  id               bigint generated always as identity primary key,
  account_id       bigint not null,
  label            text not null check (label <> ''),
  serial           text,
  product_ref      text,                                -- of the catalogue it was bought from
  model            text,
  site             text,
  address          text,
  contract_id      bigint,
  contract_line_id bigint,
  commissioned_on  date,
  warranty_until   date,
  status           text not null,                       -- code in the list interventions.equipment_status
  notes            text,
  public_code      text not null unique default replace(gen_random_uuid()::text, '-', ''), -- on its label: nobody guesses it
  custom           jsonb not null default '{}' check (jsonb_typeof(custom) = 'object'),
  created_at       timestamptz not null default now(),
  created_by       bigint,                              -- core user; null: the system
  updated_at       timestamptz not null default now(),
  updated_by       bigint,
  version          int not null default 1,
  label_key        text collate "C" not null generated always as (fold(label)) stored,
  serial_key       text collate "C" not null generated always as (fold(coalesce(serial, ''))) stored,
  search_key       text not null generated always as (fold(label || ' ' || coalesce(serial, '') || ' ' || coalesce(product_ref, '') || ' '
                                                           || coalesce(model, '') || ' ' || coalesce(site, ''))) stored,
  custom_words     text not null generated always as (custom_text(custom)) stored
);
comment on column equipment.status is 'list:interventions.equipment_status';
-- Two makers may give the same number, one maker gives it once to a product.
create unique index equipment_serial_once on equipment (account_id, fold(serial), fold(coalesce(product_ref, ''))) where serial is not null;
create index equipment_label on equipment (label_key, id);
create index equipment_serial on equipment (serial_key, id);
create index equipment_created on equipment (created_at, id);
create index equipment_account on equipment (account_id, label_key, id);
create index equipment_contract on equipment (contract_id) where contract_id is not null;
create index equipment_search on equipment using gin (search_key core.gin_trgm_ops);
create index equipment_custom on equipment using gin (custom jsonb_path_ops) where custom <> '{}';
create index equipment_custom_words on equipment using gin (custom_words core.gin_trgm_ops) where custom <> '{}';

-- What a ticket is about (S2-04, S2-21).
create table ticket_equipment (
  ticket_id    bigint primary key,
  equipment_id bigint not null references equipment on delete cascade,
  set_by       bigint,
  set_at       timestamptz not null default now()
);
create index ticket_equipment_equipment on ticket_equipment (equipment_id, ticket_id);

create table intervention (
  id                bigint generated always as identity primary key,
  ref               text unique,                        -- of the counter; null until it is validated
  account_id        bigint not null,
  ticket_id         bigint,
  contact_id        bigint,
  equipment_id      bigint references equipment,
  contract_id       bigint,
  subject           text not null check (subject <> ''),
  description       text,                               -- what is to be done
  report            text,                               -- what was done
  status            text not null default 'draft' check (status in ('draft', 'validated', 'done', 'billed')),
  planned_from      timestamptz,
  planned_to        timestamptz check (planned_to >= planned_from),
  done_at           timestamptz,
  signer            text check (signer <> ''),          -- the customer who signed
  signed_at         timestamptz,
  signature_file_id bigint,                             -- null: a typed name is the signature
  custom            jsonb not null default '{}' check (jsonb_typeof(custom) = 'object'),
  created_at        timestamptz not null default now(),
  created_by        bigint,
  updated_at        timestamptz not null default now(),
  updated_by        bigint,
  version           int not null default 1,
  planned_key       timestamptz not null generated always as (coalesce(planned_from, '9999-12-31 00:00:00+00')) stored,
  search_key        text not null generated always as (fold(coalesce(ref, '') || ' ' || subject)) stored,
  custom_words      text not null generated always as (custom_text(custom)) stored,
  check ((signer is null) = (signed_at is null)),
  check (ref is not null or status = 'draft'),
  check (planned_from is not null or planned_to is null)
);
create index intervention_created on intervention (created_at, id);
create index intervention_status on intervention (status, created_at, id);
create index intervention_planned on intervention (planned_key, id);
create index intervention_ticket on intervention (ticket_id) where ticket_id is not null;
create index intervention_account on intervention (account_id, created_at, id);
create index intervention_equipment on intervention (equipment_id, created_at, id) where equipment_id is not null;
create index intervention_contract on intervention (contract_id) where contract_id is not null;
create index intervention_contact on intervention (contact_id) where contact_id is not null;
create index intervention_creator on intervention (created_by);
create index intervention_search on intervention using gin (search_key core.gin_trgm_ops);
create index intervention_custom on intervention using gin (custom jsonb_path_ops) where custom <> '{}';
create index intervention_custom_words on intervention using gin (custom_words core.gin_trgm_ops) where custom <> '{}';

create table technician (
  intervention_id bigint not null references intervention on delete cascade,
  user_id         bigint not null,
  primary key (intervention_id, user_id)
);
create index technician_user on technician (user_id, intervention_id);

create table line (
  id              bigint generated always as identity primary key,
  intervention_id bigint not null references intervention on delete cascade,
  kind            text not null check (kind in ('labour', 'travel', 'part')),
  day             date not null,
  description     text not null check (description <> ''),
  seconds         int not null default 0 check (seconds between 0 and 3600000),
  quantity        numeric(12, 3) check (quantity > 0),
  billable        boolean not null default true,
  user_id         bigint,                               -- whose time it is
  created_at      timestamptz not null default now(),
  created_by      bigint,
  updated_at      timestamptz not null default now(),
  updated_by      bigint,
  version         int not null default 1,
  check ((kind = 'part') = (quantity is not null)),
  check (kind <> 'part' or seconds = 0)
);
create index line_intervention on line (intervention_id, day, id);

-- Clocks that run; stopping one makes a line of labour.
create table clock (
  intervention_id bigint not null references intervention on delete cascade,
  user_id         bigint not null,
  started_at      timestamptz not null default now(),
  primary key (intervention_id, user_id)
);

-- Photos and documents of an equipment or an intervention. The content is the host's.
create table file (
  file_id         bigint primary key,
  equipment_id    bigint references equipment on delete cascade,
  intervention_id bigint references intervention on delete cascade,
  name            text not null,
  type            text not null,
  bytes           bigint not null,
  created_by      bigint,
  created_at      timestamptz not null default now(),
  check (num_nonnulls(equipment_id, intervention_id) = 1)
);
create index file_equipment on file (equipment_id, file_id) where equipment_id is not null;
create index file_intervention on file (intervention_id, file_id) where intervention_id is not null;

-- What happened to an intervention.
create table change (
  id              bigint generated always as identity primary key,
  intervention_id bigint not null references intervention on delete cascade,
  at              timestamptz not null default now(),
  by_id           bigint,
  what            text not null,
  detail          text not null default ''
);
create index change_intervention on change (intervention_id, id);

-- What other plugins may join.
create view equipment_v1 as
  select id, account_id, label, serial, product_ref, model, site, address, contract_id, contract_line_id, commissioned_on, warranty_until,
         status
  from equipment;
create view ticket_equipment_v1 as select ticket_id, equipment_id from ticket_equipment;
create view intervention_v1 as
  select id, ref, account_id, ticket_id, contact_id, equipment_id, contract_id, subject, status, planned_from, planned_to, done_at, created_at
  from intervention;
create view technician_v1 as select intervention_id, user_id from technician;
create view line_v1 as select id, intervention_id, kind, day, description, seconds, quantity, billable, user_id from line;
-- The duration of a ticket (S2-24): what the lines of its interventions sum up to, asked of the lines themselves.
create view ticket_duration_v1 as
  select i.ticket_id as id, sum(l.seconds) as seconds, round(sum(l.seconds) / 3600.0, 2) as hours
  from intervention i join line l on l.intervention_id = i.id
  where i.ticket_id is not null
  group by i.ticket_id;
