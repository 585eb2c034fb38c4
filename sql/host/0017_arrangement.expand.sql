-- The order of the widgets of a slot, where somebody has chosen one. A widget that is not named comes after those that are.
create table core.slot_arrangement (
  slot       text not null,                             -- "directory.account.main"
  variant    text not null check (length(variant) <= 80), -- code of the list that the slot names, "user/12", or "": all others
  widgets    text[] not null,                           -- ids, first to last, the hidden ones too
  hidden     text[] not null default '{}',
  updated_at timestamptz not null default now(),
  primary key (slot, variant)
);
create trigger slot_arrangement_changed after insert or update or delete on core.slot_arrangement for each statement execute function core.reference_changed();

-- Of a user who is gone nothing is left.
create function core.user_arrangement_gone() returns trigger language plpgsql as $$
begin
  delete from core.slot_arrangement where variant = 'user/' || old.id;
  return null;
end $$;
create trigger user_arrangement_gone after delete on core.app_user for each row execute function core.user_arrangement_gone();
