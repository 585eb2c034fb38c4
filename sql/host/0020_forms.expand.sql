-- How administrators have arranged the form that makes an object, one for colleagues and one for the public (rows S0-22
-- to S0-24, S2-39). What is not here stands behind what is, as its plugin or its field says.
create table core.form_item (
  object    text not null,
  audience  text not null check (audience in ('internal', 'public')),
  code      text not null,                            -- of the manifest's objects[].form, or custom.<code of a field>
  position  int not null,
  shown     boolean not null,
  mandatory boolean not null,
  primary key (object, audience, code)
);
create trigger form_item_changed after insert or update or delete on core.form_item for each statement execute function core.reference_changed();
