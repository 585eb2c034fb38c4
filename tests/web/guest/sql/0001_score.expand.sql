create table score (
  account_id bigint primary key,
  score      numeric(6, 2),
  color      text,
  note       text,
  since      date,
  marked     boolean not null default false
);
create view score_v1 as select account_id as id, score, color, note, since from score;
