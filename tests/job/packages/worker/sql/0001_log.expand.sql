create table log (
  place bigint generated always as identity,
  run_id bigint not null,
  mode text not null,
  attempt int not null,
  began_at timestamptz not null,
  ended_at timestamptz not null
);
