-- Search by part of a name, accents ignored: operators every plugin may use (both are trusted extensions).
create extension if not exists pg_trgm with schema core;
create extension if not exists unaccent with schema core;
