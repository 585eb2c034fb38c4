-- Three months of events of the users that exist, some about their tickets. The day, the hour and the kind follow from
-- the user and the day: the same call gives the same calendar.
create function demo_pick(seed bigint, salt int, choices bigint) returns bigint language sql immutable strict parallel safe as
  $$ select (hashint8extended(seed, salt) & 9007199254740991) % choices $$;

create table demo_day as
select u.id as user_id, u.n, d.day, (u.n * 1000 + d.day)::bigint as seed,
       date_trunc('week', now() at time zone 'Europe/Paris') + make_interval(days => d.day) as midnight
from (select id, row_number() over (order by id) as n from core.user_v1 where active limit 12) u
cross join generate_series(-42, 48) d(day)
where extract(isodow from date_trunc('week', now()) + make_interval(days => d.day)) < 6;

create table demo_kind (n bigint primary key, title text, type text, minutes int, place text);
insert into demo_kind values
  (0, 'Visite sur site', 'VISIT', 120, 'Chez le client'), (1, 'Appel de suivi', 'CALL', 30, ''), (2, 'Point d’avancement', 'MEETING', 45, 'Visioconférence'),
  (3, 'Formation à la prise en main', 'TRAINING', 180, 'Salle de formation'), (4, 'Préparation d’une mise à jour', 'TASK', 90, ''),
  (5, 'Entretien avec un client', 'MEETING', 60, 'Salle 2'), (6, 'Rappel à faire', 'CALL', 15, ''), (7, 'Installation d’un poste', 'VISIT', 90, 'Chez le client');

create table demo_ticket as
select id, subject, account_id, row_number() over (order by id desc) - 1 as n, count(*) over () as total from tickets.ticket_v1 order by id desc limit 400;

insert into event (uid, title, type, starts_at, ends_at, zone, place, description, owner_id, ticket_id, account_id, busy_until, created_by, updated_by)
select gen_random_uuid()::text, case when t.id is null then k.title else left(k.title || ' : ' || t.subject, 200) end, k.type, s.at, s.at + make_interval(mins => k.minutes),
       'Europe/Paris', k.place, case when t.id is null then '' else 'Penser à relire le ticket avant.' end, d.user_id, t.id, t.account_id,
       s.at + make_interval(mins => k.minutes), d.user_id, d.user_id
from demo_day d
cross join generate_series(1, 2) slot
cross join lateral (select (d.midnight + make_interval(mins => (480 + slot * 150 + demo_pick(d.seed, slot, 8) * 15)::int)) at time zone 'Europe/Paris' as at) s
join demo_kind k on k.n = demo_pick(d.seed, 10 + slot, 8)
left join demo_ticket t on t.n = demo_pick(d.seed, 20 + slot, greatest(t.total, 1)) and k.type in ('VISIT', 'CALL')
where demo_pick(d.seed, 30 + slot, 10) < 4
order by s.at;

-- A meeting of everybody each Monday, without end; one Monday it was later.
with head as (select user_id, min(midnight) as first from demo_day where n = 1 group by user_id)
insert into event (uid, title, type, starts_at, ends_at, zone, place, owner_id, rule, busy_until, created_by, updated_by)
select 'demo-team-' || user_id, 'Point d’équipe', 'MEETING', (first + time '09:00') at time zone 'Europe/Paris', (first + time '09:30') at time zone 'Europe/Paris',
       'Europe/Paris', 'Grande salle', user_id, 'FREQ=WEEKLY;BYDAY=MO', 'infinity', user_id, user_id
from head on conflict do nothing;
insert into attendee (event_id, user_id, name, email, answer)
select e.id, u.id, u.name, u.email, (array['accepted', 'accepted', 'tentative', 'needs-action'])[1 + demo_pick(u.id, 40, 4)]
from event e join core.user_v1 u on u.active and u.email is not null and u.id <> e.owner_id where e.uid like 'demo-team-%' on conflict do nothing;
insert into event (uid, series_id, recurs_at, sequence, title, type, starts_at, ends_at, zone, place, owner_id, busy_until, created_by, updated_by)
select e.uid, e.id, o.at, 1, 'Point d’équipe (décalé)', e.type, o.at + interval '90 minutes', o.at + interval '2 hours', e.zone, e.place, e.owner_id,
       o.at + interval '2 hours', e.owner_id, e.owner_id
from event e cross join lateral (select (e.starts_at at time zone e.zone + interval '49 days') at time zone e.zone as at) o
where e.uid like 'demo-team-%' and e.series_id is null on conflict do nothing;

-- Whole days: days off, which are private, and a fair.
insert into event (uid, title, type, starts_at, ends_at, zone, whole_day, owner_id, private, busy_until, created_by, updated_by)
select gen_random_uuid()::text, 'Congés', 'ABSENCE', midnight at time zone 'UTC', (midnight + interval '2 days') at time zone 'UTC', 'UTC', true, user_id, true,
       (midnight + interval '2 days') at time zone 'UTC', user_id, user_id
from demo_day where demo_pick(seed, 50, 45) = 0;
insert into event (uid, title, type, starts_at, ends_at, zone, whole_day, place, owner_id, busy_until, created_by, updated_by)
select gen_random_uuid()::text, 'Salon des professionnels', 'MEETING', midnight at time zone 'UTC', (midnight + interval '3 days') at time zone 'UTC', 'UTC', true, 'Parc des expositions',
       user_id, (midnight + interval '3 days') at time zone 'UTC', user_id, user_id
from demo_day where n = 2 and day = 8;

drop table demo_ticket;
drop table demo_kind;
drop table demo_day;
drop function demo_pick(bigint, int, bigint);
