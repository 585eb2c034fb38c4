-- As many pieces of equipment as guichet.demo_tickets, on the accounts that exist; every third ticket of an account with equipment is
-- about one of them, and every fifth has an intervention. Every "random" choice is a hash: the same call gives the same.

create function demo_pick(seed bigint, salt int, choices bigint) returns bigint language sql immutable strict parallel safe as
  $$ select (hashint8extended(seed, salt) & 9007199254740991) % choices $$;

create table demo_machine (n bigint primary key, label text not null, product_ref text not null, model text not null);
insert into demo_machine (n, label, product_ref, model) values
  (0, 'Imprimante multifonction', 'IMP-C451', 'Kyora C451i'), (1, 'Serveur de fichiers', 'SRV-T340', 'Delta T340'),
  (2, 'Onduleur', 'OND-1500', 'Voltéa 1500 VA'), (3, 'Commutateur réseau', 'SW-48P', 'Nexus 48 ports PoE'),
  (4, 'Terminal de paiement', 'TPE-M3', 'Monéo M3'), (5, 'Douchette code-barres', 'DCB-20', 'Scanlite 20'),
  (6, 'Poste de travail', 'PC-OPT7', 'Optima 7'), (7, 'Borne Wi-Fi', 'WIFI-AX', 'Aéris AX'),
  (8, 'Téléphone de conférence', 'TEL-C8', 'Vocalia C8'), (9, 'Armoire de brassage', 'RACK-24U', 'Baie 24U');

create table demo_equipment as
with total(n) as (select greatest(current_setting('guichet.demo_tickets')::bigint, 0)),
  customers(ids, n) as (select array_agg(id order by id), count(*) from directory.account_v1 where active and type <> 'supplier'),
  base(id) as (select coalesce(max(id), 0) from equipment)
select b.id + i as seed, c.ids[1 + demo_pick(b.id + i, 1, c.n)] as account_id, demo_pick(b.id + i, 2, 10) as machine
from total t, customers c, base b, generate_series(1, t.n) i where c.n > 0;

insert into equipment (account_id, label, serial, product_ref, model, site, contract_id, commissioned_on, warranty_until, status, created_at, updated_at)
select e.account_id, m.label, 'SN' || upper(substr(md5(e.seed::text), 1, 4)) || lpad(e.seed::text, 6, '0'), m.product_ref, m.model,
       (array['Accueil', 'Bureau 12', 'Salle serveur', 'Atelier', 'Dépôt, quai 2', 'Magasin'])[1 + demo_pick(e.seed, 3, 6)],
       case when demo_pick(e.seed, 4, 3) > 0 then (select min(id) from directory.contract_v1 where account_id = e.account_id and status = 'running') end,
       current_date - 100 - demo_pick(e.seed, 5, 1800)::int, current_date + 900 - demo_pick(e.seed, 5, 1800)::int,
       (array['IN_SERVICE', 'IN_SERVICE', 'IN_SERVICE', 'IN_SERVICE', 'OUT_OF_ORDER', 'IN_STOCK', 'RETIRED'])[1 + demo_pick(e.seed, 6, 7)],
       now() - (demo_pick(e.seed, 5, 1800) || ' days')::interval, now() - (demo_pick(e.seed, 7, 90) || ' days')::interval
from demo_equipment e join demo_machine m on m.n = e.machine order by e.seed;

insert into ticket_equipment (ticket_id, equipment_id, set_at)
select t.id, e.ids[1 + demo_pick(t.id, 8, e.n)], t.created_at
from tickets.ticket_v1 t join (select account_id, array_agg(id order by id) as ids, count(*) as n from equipment group by account_id) e
  on e.account_id = t.account_id
where demo_pick(t.id, 9, 3) = 0
on conflict do nothing;

create table demo_sheet as
select t.id as ticket_id, t.account_id, t.contact_id, t.subject, t.assignee_id, d.equipment_id, q.contract_id,
       t.phase in ('resolved', 'closed') as done, t.created_at + interval '1 day' as begins,
       row_number() over (order by t.created_at, t.id) as n
from tickets.ticket_v1 t
left join ticket_equipment d on d.ticket_id = t.id
left join equipment q on q.id = d.equipment_id
where t.account_id is not null and demo_pick(t.id, 10, 5) = 0 and not exists (select from intervention i where i.ticket_id = t.id);

insert into intervention (ref, account_id, ticket_id, contact_id, equipment_id, contract_id, subject, report, status, planned_from, planned_to, done_at, created_at,
                          created_by, updated_at)
select case when s.done then 'INT-' || to_char(s.begins, 'YYMM') || '-' || lpad(k.first + row_number() over (partition by to_char(s.begins, 'YYMM') order by s.n) || '', 4, '0') end,
       s.account_id, s.ticket_id, s.contact_id, s.equipment_id, s.contract_id, s.subject,
       case when s.done then 'Diagnostic sur place, remise en état et essais avec le client.' end,
       case when not s.done then 'draft' when demo_pick(s.ticket_id, 11, 3) = 0 then 'billed' else 'done' end,
       date_trunc('hour', s.begins), date_trunc('hour', s.begins) + interval '2 hours', case when s.done then s.begins end, s.begins - interval '20 hours',
       s.assignee_id, s.begins
from demo_sheet s
cross join lateral (select coalesce(max(substring(i.ref from '[0-9]+$')::bigint), 0) as first from intervention i
                    where i.ref like 'INT-' || to_char(s.begins, 'YYMM') || '-%') k;

insert into technician (intervention_id, user_id)
select i.id, s.assignee_id from demo_sheet s join intervention i on i.ticket_id = s.ticket_id where s.assignee_id is not null;

insert into line (intervention_id, kind, day, description, seconds, quantity, billable, user_id, created_by)
select i.id, v.kind, i.planned_from::date, v.description, v.seconds, v.quantity, i.contract_id is null, s.assignee_id, s.assignee_id
from demo_sheet s join intervention i on i.ticket_id = s.ticket_id and i.status <> 'draft'
cross join lateral (values
  ('travel', 'Déplacement', 900 + 300 * demo_pick(s.ticket_id, 12, 8)::int, null::numeric),
  ('labour', 'Diagnostic et remise en état', 1800 + 900 * demo_pick(s.ticket_id, 13, 10)::int, null),
  ('part', 'Pièce de rechange', 0, (1 + demo_pick(s.ticket_id, 14, 3))::numeric)) v(kind, description, seconds, quantity)
where v.kind <> 'part' or demo_pick(s.ticket_id, 15, 2) = 0;

insert into change (intervention_id, at, by_id, what, detail)
select i.id, v.at, i.created_by, v.what, coalesce(v.detail, '')
from demo_sheet s join intervention i on i.ticket_id = s.ticket_id
cross join lateral (values (1, 'created', i.created_at, null), (2, 'validate', i.created_at, i.ref), (3, 'finish', i.done_at, null)) v(n, what, at, detail)
where v.what = 'created' or i.ref is not null
order by i.id, v.n;

select core.raise_counter('interventions.intervention', regexp_replace(ref, '[0-9]+$', '#'), max(substring(ref from '[0-9]+$')::bigint))
from intervention where ref is not null group by regexp_replace(ref, '[0-9]+$', '#');

drop table demo_sheet;
drop table demo_equipment;
drop table demo_machine;
drop function demo_pick(bigint, int, bigint);
