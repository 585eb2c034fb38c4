create table seen (what text not null);
create table note (id bigint primary key, custom jsonb not null default '{}');
