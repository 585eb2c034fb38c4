-- Values of the fields that administrators add to tickets: {code: value}.
alter table ticket add column custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object');

-- All values as one text to search in. Which fields are searchable is asked afterwards, of what the index has found.
create function custom_text(custom jsonb) returns text language sql immutable strict parallel safe as
  $$ select coalesce(string_agg(tickets.fold(value), ' '), '') from jsonb_each_text(custom) $$;
alter table ticket add column custom_words text not null generated always as (custom_text(custom)) stored;

-- Both are empty as long as nobody uses custom fields.
create index ticket_custom on ticket using gin (custom jsonb_path_ops) where custom <> '{}';
create index ticket_custom_words on ticket using gin (custom_words core.gin_trgm_ops) where custom <> '{}';
