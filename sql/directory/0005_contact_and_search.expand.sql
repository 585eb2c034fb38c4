-- Who is asked first at an account, and in which language people are written to.
alter table contact add column main boolean not null default false;
alter table contact add column language text check (language in ('fr', 'en'));
create index contact_main on contact (account_id) where main;

-- A telephone number as people compare it: digits only, the French country code as the 0 that it stands for.
create function phone_key(phone text) returns text language sql immutable parallel safe as
  $$ select replace(regexp_replace(regexp_replace(coalesce(phone, ''), '[^0-9+]', '', 'g'), '^(\+33|0033)0?', '0'), '+', '') $$;
alter table account add column phone_key text not null generated always as (phone_key(phone)) stored;
alter table contact add column phone_key text not null generated always as (phone_key(phone) || ' ' || phone_key(mobile)) stored;
create index account_phone on account using gin (phone_key core.gin_trgm_ops);
create index contact_phone on contact using gin (phone_key core.gin_trgm_ops);

-- Very similar names are pointed out when an account is added.
create index account_similar on account using gin (name_key core.gin_trgm_ops);

create or replace view contact_v1 as
  select id, account_id, name, first_name, last_name, job_title, email, email_key, phone, mobile, active, name_key, search_key, main, language
  from contact;
