-- The workflow is edited by administrators: statuses are retired, stop clocks, and lead to one another.
alter table status
  add column active boolean not null default true,   -- otherwise shown, no longer offered
  add column pauses boolean not null default false;  -- clocks of service levels stand still
update status set pauses = true where phase = 'waiting';

-- From a status without any row, every other one may follow.
create table transition (
  from_id bigint not null references status on delete cascade,
  to_id   bigint not null references status on delete cascade,
  primary key (from_id, to_id),
  check (from_id <> to_id)
);

-- The preset that was applied last; the setting "workflow" says which one is wanted.
create table workflow (
  only_one boolean primary key default true check (only_one),
  preset   text not null
);
insert into workflow (preset) values ('guichet');

create or replace view status_v1 as select id, code, labels, phase, color, position, active, pauses from status;
create view transition_v1 as select from_id, to_id from transition;
