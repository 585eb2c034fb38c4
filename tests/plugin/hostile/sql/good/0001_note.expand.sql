create table note (id bigint generated always as identity primary key, text text not null);
create view note_v1 as select id, text from note;
