create table received (
  ticket_id bigint primary key,
  reference text not null
);
