-- Users, teams, profiles and what they may do.
create table core.profile (
  id         bigint generated always as identity primary key,
  code       text not null unique,
  name       text not null,                           -- shown translated when it is one of ours
  everything boolean not null default false,          -- administrators
  created_at timestamptz not null default now()
);

create table core.profile_grant (
  profile_id bigint not null references core.profile on delete cascade,
  permission text not null,                           -- "tickets.ticket.read", "core.modules"
  level      smallint not null check (level between 0 and 3),  -- none, own, team, all
  primary key (profile_id, permission)
);

create table core.app_user (
  id            bigint generated always as identity primary key,
  login         text not null check (length(login) between 1 and 80),
  name          text not null check (length(name) between 1 and 120),
  email         text,
  password_hash text,                                 -- Argon2id; null: cannot log in with a password
  profile_id    bigint not null references core.profile,
  language      text check (language in ('fr', 'en')),
  zone          text not null default 'Europe/Paris',
  theme         text not null default 'auto' check (theme in ('auto', 'light', 'dark')),
  active        boolean not null default true,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  version       int not null default 1
);
create unique index app_user_login on core.app_user (lower(login));

create table core.team (
  id         bigint generated always as identity primary key,
  name       text not null unique check (length(name) between 1 and 120),
  active     boolean not null default true,
  created_at timestamptz not null default now()
);

create table core.team_member (
  team_id bigint not null references core.team on delete cascade,
  user_id bigint not null references core.app_user on delete cascade,
  primary key (team_id, user_id)
);
create index team_member_user on core.team_member (user_id);

insert into core.profile (code, name, everything) values
  ('administrator', 'Administrator', true),
  ('manager', 'Manager', false),
  ('agent', 'Agent', false),
  ('reader', 'Read only', false);

-- What plugins may read of users and teams.
create view core.user_v1 as select id, login, name, email, active from core.app_user;
create view core.team_v1 as select id, name, active from core.team;
create view core.team_member_v1 as select team_id, user_id from core.team_member;
