-- Numbers of contracts come from the host's counter directory.contract, above those of the sequence they came from before.
select core.raise_counter('directory.contract', split_part(ref, '-', 1) || '-' || split_part(ref, '-', 2) || '-#',
                          max(split_part(ref, '-', 3)::bigint))
  from contract where ref ~ '^CT-[0-9]{4}-[0-9]{1,9}$' group by split_part(ref, '-', 1), split_part(ref, '-', 2);

-- When a contract runs, for whoever asks.
create function contract_runs(status text, starts_on date, ends_on date, day date) returns boolean
  language sql immutable parallel safe as
  $$ select status = 'running' and day between coalesce(starts_on, '-infinity') and coalesce(ends_on, 'infinity') $$;

alter table contract add column notes text;
create index contract_status on contract (status, ref_key, id);
create index contract_ends on contract (ends_on, id);

create table contract_line (
  id               bigint generated always as identity primary key,
  contract_id      bigint not null references contract on delete cascade,
  label            text not null check (label <> ''),
  product_ref      text,                                  -- of the product or service
  quantity         numeric(12, 3) not null default 1 check (quantity >= 0),
  unit_price_cents bigint check (unit_price_cents >= 0),  -- without VAT; null: not said
  vat_rate         int check (vat_rate between 0 and 10000), -- hundredths of a per cent: 2000 is 20 %
  starts_on        date,
  ends_on          date check (ends_on >= starts_on),
  status           text not null default 'running' check (status in ('draft', 'running', 'ended')),
  created_at       timestamptz not null default now(),
  created_by       bigint,
  updated_at       timestamptz not null default now(),
  updated_by       bigint,
  version          int not null default 1,
  custom           jsonb not null default '{}' check (jsonb_typeof(custom) = 'object'),
  custom_words     text not null generated always as (custom_text(custom)) stored
);
create index contract_line_contract on contract_line (contract_id, created_at, id);
create index contract_line_created on contract_line (created_at, id);
create index contract_line_custom on contract_line using gin (custom jsonb_path_ops) where custom <> '{}';

-- What a contract ran for, one after the other; the contract itself has the first start and the last end.
create table contract_period (
  id          bigint generated always as identity primary key,
  contract_id bigint not null references contract on delete cascade,
  starts_on   date not null,
  ends_on     date not null check (ends_on >= starts_on),
  created_at  timestamptz not null default now(),
  created_by  bigint
);
create index contract_period_contract on contract_period (contract_id, starts_on);

create or replace view contract_v1 as
  select id, account_id, ref, label, starts_on, ends_on, status, contract_runs(status, starts_on, ends_on, current_date) as runs_today
  from contract;
