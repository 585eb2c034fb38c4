-- Profiles, users and teams as administrators edit them.
alter table core.profile add column version int not null default 1;
create unique index profile_name on core.profile (lower(name));

alter table core.app_user add column password_due boolean not null default false;  -- somebody else chose the password
create index app_user_by_name on core.app_user (lower(name), id);
create index app_user_profile on core.app_user (profile_id);

create or replace view core.user_v1 as select id, login, name, email, active, language from core.app_user;
