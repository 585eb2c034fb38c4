-- A catalogue, and quotes of every state for the accounts and tickets that exist.

create temporary table demo_author on commit drop as
  select id as user_id, row_number() over (order by id) - 1 as n from core.user_v1 where active;

insert into item (ref, label, unit, unit_price, vat_rate, created_by, updated_by)
select v.ref, v.label, v.unit, v.unit_price, v.vat_rate, a.user_id, a.user_id
from (values
  ('ECR-27', 'Écran 27 pouces, pied réglable', 'pce', 1999000, 2000),
  ('PC-PRO', E'Ordinateur portable 14 pouces\n16 Go de mémoire, 512 Go de stockage, garantie 3 ans sur site', 'pce', 11490000, 2000),
  ('ONDUL', 'Onduleur 1500 VA', 'pce', 3298000, 2000),
  ('WIFI', 'Borne Wi-Fi 6, alimentation comprise', 'pce', 1390000, 2000),
  ('CABLE', 'Câblage réseau, la prise posée et certifiée', 'u', 1250000, 2000),
  ('HEURE', 'Intervention sur site', 'h', 780000, 2000),
  ('DIST', 'Assistance à distance', 'h', 620000, 2000),
  ('DEPL', 'Déplacement', 'forfait', 450000, 2000),
  ('FORM', 'Formation, la demi-journée', 'séance', 4200000, 2000),
  ('LIVRE', 'Guide de l’utilisateur, imprimé', 'ex.', 185000, 550)) v(ref, label, unit, unit_price, vat_rate)
left join demo_author a on a.n = 0
where not exists (select from item);

create temporary table demo_quote on commit drop as
select v.n, v.state, v.subject, v.age, v.items, a.id as account_id, a.name, t.id as ticket_id, u.user_id,
       concat_ws(E'\n', nullif(a.address, ''), nullif(concat_ws(' ', a.zip, a.town), '')) as address, coalesce(a.email, '') as email
from (values
  (1, 'billed', 'Renouvellement de trois postes', 210, array['PC-PRO:3', 'ECR-27:3', 'HEURE:6']),
  (2, 'signed', 'Remplacement de l’onduleur', 34, array['ONDUL:1', 'HEURE:2', 'DEPL:1']),
  (3, 'sent', 'Extension du Wi-Fi à l’atelier', 12, array['WIFI:4', 'CABLE:4', 'HEURE:7.5']),
  (4, 'sent', 'Formation des nouveaux utilisateurs', 6, array['FORM:2', 'LIVRE:12']),
  (5, 'refused', 'Câblage du dépôt', 55, array['CABLE:24', 'HEURE:16', 'DEPL:2']),
  (6, 'expired', 'Second écran pour l’accueil', 80, array['ECR-27:1', 'HEURE:0.5']),
  (7, 'validated', 'Assistance au démarrage', 2, array['DIST:5', 'FORM:1']),
  (8, 'draft', 'Écrans pour la salle de réunion', 1, array['ECR-27:2', 'HEURE:1.5', 'DEPL:1']),
  (9, 'draft', 'Poste de la nouvelle collaboratrice', 0, array['PC-PRO:1', 'ECR-27:1'])) v(n, state, subject, age, items)
join (select a.*, row_number() over (order by id) as n from directory.account_v1 a where type = 'customer' and active) a on a.n = v.n
left join lateral (select id from tickets.ticket_v1 where account_id = a.id order by created_at desc limit 1) t on true
left join demo_author u on u.n = v.n % greatest((select count(*) from demo_author), 1)
where not exists (select from quote);

insert into quote (ref, state, subject, account_id, ticket_id, customer, address, email, conditions, issued_on, valid_until, owner_id,
                   created_at, created_by, updated_at, updated_by)
select case when state <> 'draft' then 'DEV-' || to_char(now() - age * interval '1 day', 'YYMM') || '-' ||
              to_char(row_number() over (partition by state = 'draft', to_char(now() - age * interval '1 day', 'YYMM') order by age desc), 'FM0000') end,
       state, subject, account_id, ticket_id, name, address, email, 'Règlement à 30 jours, par virement.',
       case when state <> 'draft' then current_date - age end, current_date - age + 30, user_id,
       now() - age * interval '1 day', user_id, now() - age * interval '1 day', user_id
from demo_quote;

insert into line (quote_id, position, item_id, label, quantity, unit, unit_price, discount, vat_rate, net_cents)
select q.id, i.n, c.id, c.label, d.quantity, c.unit, c.unit_price, 0, c.vat_rate, round(d.quantity * c.unit_price / 100000.0)
from quote q
join demo_quote s on s.subject = q.subject and s.account_id = q.account_id
cross join unnest(s.items) with ordinality i(text, n)
cross join lateral (select (split_part(i.text, ':', 2)::numeric * 1000)::bigint as quantity) d
join item c on c.ref = split_part(i.text, ':', 1);

-- VAT once per rate, as totals.hpp has it; prices of the catalogue are not negative, so that halves go up.
update quote q set net_cents = s.net, vat_cents = s.vat, gross_cents = s.net + s.vat
from (select quote_id, sum(net) as net, sum(round(net * vat_rate / 10000.0)) as vat
      from (select quote_id, vat_rate, sum(net_cents) as net from line group by quote_id, vat_rate) r group by quote_id) s
where s.quote_id = q.id and exists (select from demo_quote);

insert into change (quote_id, at, by_id, field)
select q.id, q.created_at, q.created_by, v.field
from quote q cross join lateral (values ('created', true), ('validated', q.state <> 'draft'), (q.state, q.state not in ('draft', 'validated'))) v(field, is_so)
where v.is_so and exists (select from demo_quote) order by q.id;

select core.raise_counter('quotes.quote', split_part(ref, '-', 1) || '-' || split_part(ref, '-', 2) || '-#', max(split_part(ref, '-', 3)::bigint))
  from quote where ref ~ '^DEV-[0-9]{4}-[0-9]{1,9}$' group by split_part(ref, '-', 1), split_part(ref, '-', 2);
