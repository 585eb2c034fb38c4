-- Documents of other plugins are addressed to an account.
create or replace view account_v1 as
  select id, name, code, type, email, email_key, phone, town, country, active, created_at, created_by, name_key, search_key, address, zip
  from account;
