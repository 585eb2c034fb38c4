-- Time on the tickets that have none yet, and packs of hours for contracts without one. Every "random" choice is a hash of an id: the
-- same call gives the same time.

create function demo_pick(seed bigint, salt int, choices bigint) returns bigint language sql immutable strict parallel safe as
  $$ select (hashint8extended(seed, salt) & 9007199254740991) % choices $$;

with
  worked as (
    select t.id, t.ref, t.assignee_id, t.account_id,
           (select min(c.id) from directory.contract_v1 c where c.account_id = t.account_id and c.runs_today) as contract_id,
           (least(t.created_at, now() - interval '1 day') at time zone 'Europe/Paris')::date as day, 1 + demo_pick(t.id, 1, 4) as pieces
    from tickets.ticket_v1 t
    where t.assignee_id is not null and demo_pick(t.id, 2, 3) > 0 and not exists (select from entry e where e.ticket_id = t.id)),
  -- The pieces of work of a day, one after the other from half past eight; what has no room before the evening is left out.
  placed as (
    select w.*, row_number() over (partition by w.assignee_id, w.day order by w.id) as place from worked w)
insert into entry (user_id, ticket_id, ticket_ref, account_id, contract_id, day, starts_at, ends_at, seconds, activity, note, billable,
                   created_at, created_by, updated_at, updated_by)
select p.assignee_id, p.id, p.ref, p.account_id, p.contract_id, p.day, b.at, b.at + p.pieces * interval '8 minutes', p.pieces * 480,
       (array['SUPPORT', 'SUPPORT', 'SUPPORT', 'ON_SITE', 'TRAVEL', 'TRAINING'])[1 + demo_pick(p.id, 3, 6)],
       (array['Diagnostic par téléphone', 'Prise en main à distance', 'Échange avec le client', 'Vérification après correction', ''])[1 + demo_pick(p.id, 4, 5)],
       demo_pick(p.id, 5, 6) > 0, b.at, p.assignee_id, b.at, p.assignee_id
from placed p
cross join lateral (select (p.day + time '08:30' + (p.place - 1) * interval '35 minutes') at time zone 'Europe/Paris' as at) b
where p.place <= 16
order by b.at, p.id
on conflict do nothing;

insert into hour_pack (contract_id, account_id, seconds, starts_on)
select c.id, c.account_id, 3600 * (array[2, 5, 10, 20])[1 + demo_pick(c.id, 6, 4)], current_date - 180
from directory.contract_v1 c
where c.runs_today and demo_pick(c.id, 7, 2) = 0 and not exists (select from hour_pack p where p.contract_id = c.id);

drop function demo_pick(bigint, int, bigint);
