create table seen (
  place bigint generated always as identity,
  delivery_id bigint not null,
  subject text not null,
  order_id bigint not null,
  attempt int not null
);
