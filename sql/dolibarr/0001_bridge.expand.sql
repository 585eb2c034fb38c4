-- What the ERP knows of our objects, and we of its.

create table bridge_map (
  kind       text not null,                 -- "account"; see plugins/dolibarr/erp/record.hpp
  entity     int not null default 1,        -- of the ERP's multi-company module
  erp_id     bigint not null,
  local_id   bigint not null,
  digest     text not null,                 -- of the record that was taken in, or sent, last
  version    int,                           -- of our object when it was
  gone_at    timestamptz,                   -- deleted in the ERP
  seen_at    timestamptz not null default now(),
  primary key (kind, entity, erp_id)
);
create unique index bridge_map_local on bridge_map (kind, local_id) where gone_at is null;
