-- Numbers of documents by the masks that administrators edit (host/core/counters.hpp).
create table core.counter (
  id         text primary key,                           -- "tickets.ticket"
  plugin_id  text not null,
  label      text not null,                              -- msgid in the plugin's domain
  mask       text not null,
  version    int not null default 1,
  updated_at timestamptz not null default now(),
  updated_by bigint references core.app_user on delete set null
);

-- The highest number given, by what is written around it and by the period it counts in. No reference to
-- core.counter: a plugin's migration may hand numbers over before its counter is made.
create table core.counter_value (
  counter_id text not null,
  shape      text not null,                              -- "T2611-#"
  period     text not null,                              -- "", "2026/01", "2026-11"
  value      bigint not null check (value >= 0),
  primary key (counter_id, shape)
) with (fillfactor = 50);

-- For migrations, imports and demo data of plugins: numbers up to value that look like shape are taken. What tries a
-- package's migrations and rolls them back has a role of its own.
create function core.raise_counter(counter text, shape text, value bigint) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  caller text := current_setting('role');
begin
  if caller <> 'none' and not starts_with(caller, 'guichet_check_')
     and not starts_with('guichet_p_' || replace(counter, '.', '_'), caller || '_') then
    raise exception 'the counter % is another plugin''s', counter using errcode = 'insufficient_privilege';
  end if;
  insert into core.counter_value as v values (counter, shape, '', value)
  on conflict on constraint counter_value_pkey do update set value = greatest(v.value, excluded.value);
end $$;
