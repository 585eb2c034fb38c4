-- What other plugins may join: an equipment is covered by a line of a contract.
create view contract_line_v1 as
  select id, contract_id, label, product_ref, starts_on, ends_on, status from contract_line;
