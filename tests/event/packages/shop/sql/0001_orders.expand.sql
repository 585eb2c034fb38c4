create table orders (id bigint primary key, item text not null, price bigint not null, notes text not null);
