-- Values of the fields that administrators add to accounts, contacts and contracts: {code: value}.
alter table account add column custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object');
alter table contact add column custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object');
alter table contract add column custom jsonb not null default '{}' check (jsonb_typeof(custom) = 'object');

-- All values as one text to search in. Which fields are searchable is asked afterwards, of what the index has found.
create function custom_text(custom jsonb) returns text language sql immutable strict parallel safe as
  $$ select coalesce(string_agg(directory.fold(value), ' '), '') from jsonb_each_text(custom) $$;
alter table account add column custom_words text not null generated always as (custom_text(custom)) stored;
alter table contact add column custom_words text not null generated always as (custom_text(custom)) stored;
alter table contract add column custom_words text not null generated always as (custom_text(custom)) stored;

-- Empty as long as nobody uses custom fields.
create index account_custom on account using gin (custom jsonb_path_ops) where custom <> '{}';
create index contact_custom on contact using gin (custom jsonb_path_ops) where custom <> '{}';
create index contract_custom on contract using gin (custom jsonb_path_ops) where custom <> '{}';
create index account_custom_words on account using gin (custom_words core.gin_trgm_ops) where custom <> '{}';
create index contact_custom_words on contact using gin (custom_words core.gin_trgm_ops) where custom <> '{}';
create index contract_custom_words on contract using gin (custom_words core.gin_trgm_ops) where custom <> '{}';
