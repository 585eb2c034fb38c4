-- Words are found in French and in English, whatever their accents and endings. The stems of both languages are kept, so that nobody
-- has to say in which one a text is; of French words also the stem of what people type who leave the accents out.
create function stems_of(value text) returns text[] language sql immutable strict parallel safe as $$
  select string_to_array(core.unaccent('core.unaccent'::regdictionary, array_to_string(
    tsvector_to_array(to_tsvector('pg_catalog.french', typed.text) || to_tsvector('pg_catalog.french', plain.text)
                      || to_tsvector('pg_catalog.english', plain.text)), ' ')), ' ')
  from (select normalize(value, NFKC)) typed (text), lateral (select core.unaccent('core.unaccent'::regdictionary, typed.text)) plain (text)
$$;
create function words_of(value text) returns tsvector language sql immutable strict parallel safe as
  $$ select array_to_tsvector(array_remove(tickets.stems_of(value), '')) $$;
-- One word as it was typed, as the text of a tsquery: any of its stems.
create function query_of(word text) returns text language sql immutable strict parallel safe as $$
  select coalesce(string_agg(distinct '''' || replace(replace(stem, '\', '\\'), '''', '''''') || '''', ' | '), '') from unnest(tickets.stems_of(word)) stem where stem <> ''
$$;

-- The words of a ticket, and of those of its messages that everybody who sees the ticket may read: one index answers what no join
-- could answer quickly. A text with more different words than a tsvector holds is searched as far as it fits.
alter table ticket add column document tsvector not null default '';

create function with_words(document tsvector, value text) returns tsvector language plpgsql immutable as $$
begin
  return document || tickets.words_of(value);
exception when program_limit_exceeded then
  return document;
end $$;

create function document_of(id bigint, subject text, description text) returns tsvector language plpgsql stable as $$
declare
  document tsvector := tickets.with_words('', subject || E'\n' || description);
  body text;
begin
  for body in select m.body from tickets.message m where m.ticket_id = $1 and m.visibility <> 'private' loop
    document := tickets.with_words(document, body);
  end loop;
  return document;
end $$;

create function ticket_words() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then new.document := tickets.words_of(new.subject || E'\n' || new.description);
  else new.document := tickets.document_of(new.id, new.subject, new.description);
  end if;
  return new;
end $$;
create trigger ticket_inserted before insert on ticket for each row execute function ticket_words();
create trigger ticket_reworded before update of subject, description on ticket for each row
  when (old.subject is distinct from new.subject or old.description is distinct from new.description) execute function ticket_words();

create function message_words() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update tickets.ticket set document = tickets.with_words(document, new.body) where id = new.ticket_id;
    return null;
  end if;
  update tickets.ticket t set document = tickets.document_of(t.id, t.subject, t.description)
    where t.id = old.ticket_id or (tg_op = 'UPDATE' and t.id = new.ticket_id);
  return null;
end $$;
create trigger message_inserted after insert on message for each row when (new.visibility <> 'private') execute function message_words();
create trigger message_moved after update of ticket_id, body on message for each row when (old.visibility <> 'private') execute function message_words();
create trigger message_deleted after delete on message for each row when (old.visibility <> 'private') execute function message_words();

-- A private message is found by its two people only.
alter table message add column words tsvector generated always as (case when visibility = 'private' then words_of(body) end) stored;
create index message_private_words on message using gin (words) where visibility = 'private';

update ticket set document = document_of(id, subject, description);
-- What a list reads of a ticket stays together; descriptions and words are kept aside.
alter table ticket set (toast_tuple_target = 256);
create index ticket_document on ticket using gin (document);

create index ticket_category on ticket (category, status_id, created_at, id);
create index ticket_severity on ticket (severity, status_id, created_at, id);
create index ticket_contract on ticket (contract_id, status_id, created_at, id);

-- Lists that people keep: the query string says what they show.
create table saved_view (
  id         bigint generated always as identity primary key,
  name       text not null check (length(name) between 1 and 60),
  query      text not null check (length(query) <= 4000),
  shared     boolean not null default false,
  created_at timestamptz not null default now(),
  created_by bigint not null,
  updated_at timestamptz not null default now(),
  updated_by bigint,
  version    int not null default 1
);
create unique index saved_view_name on saved_view (created_by, lower(name));
create index saved_view_shared on saved_view (id) where shared;

-- The columns of somebody's list, in his order.
create table list_columns (
  user_id bigint primary key,
  columns text[] not null check (cardinality(columns) between 1 and 100)
);
