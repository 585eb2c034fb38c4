-- guichet.demo_tickets tickets with their conversations and history, spread over the accounts, users and teams
-- that exist. Every "random" choice is a hash of the ticket's number: the same call gives the same tickets.

create function demo_pick(seed bigint, salt int, choices bigint) returns bigint language sql immutable strict parallel safe as
  $$ select (hashint8extended(seed, salt) & 9007199254740991) % choices $$;

create table demo_case (
  n           bigint primary key,
  type        text not null,
  category    text not null,
  severity    text not null,
  subject     text not null,
  description text not null,
  question    text not null,                           -- what the agent asks
  answer      text not null,                           -- what the customer says
  note        text not null,                           -- among colleagues
  solution    text not null
);
insert into demo_case (n, type, category, severity, subject, description, question, answer, note, solution) values
(0, 'INCIDENT', 'HARDWARE', 'MAJOR', 'Imprimante hors ligne', 'Depuis ce matin, l’imprimante apparaît hors ligne sur tous les postes. Nous l’avons déjà éteinte puis rallumée, sans résultat.', 'Pouvez-vous nous indiquer le message affiché sur l’écran de l’imprimante et vérifier que le câble réseau est bien branché ?', 'L’écran affiche « Vérifier le réseau ». Le câble est branché, mais la diode reste éteinte.', 'Même modèle que la semaine dernière : penser au port du commutateur avant de commander une carte réseau.', 'Le port du commutateur était désactivé. Nous l’avons réactivé, l’imprimante répond de nouveau.'),
(1, 'INCIDENT', 'NETWORK', 'BLOCKING', 'Plus d’accès à Internet', 'Aucun poste n’accède à Internet depuis 8 h 30. Le téléphone ne fonctionne plus non plus.', 'Les voyants de la box sont-ils verts ? Merci de nous envoyer une photo de l’appareil.', 'Le voyant « Internet » clignote en rouge depuis ce matin.', 'Incident opérateur confirmé sur le secteur, rétablissement annoncé dans l’après-midi.', 'La ligne est rétablie par l’opérateur. Nous avons vérifié le débit et le téléphone : tout est normal.'),
(2, 'USAGE', 'SOFTWARE', 'MINOR', 'Comment exporter la liste des clients ?', 'Nous devons transmettre la liste de nos clients à notre comptable. Où se trouve l’export ?', 'Souhaitez-vous un fichier pour tableur ou un document à imprimer ?', 'Un fichier pour tableur, avec les adresses si possible.', 'À ajouter à la prochaine session de formation : la question revient souvent.', 'L’export se trouve dans Clients, bouton « Exporter ». Nous vous avons préparé un modèle avec les adresses.'),
(3, 'BUG', 'SOFTWARE', 'MAJOR', 'Erreur à l’enregistrement d’une facture', 'Un message d’erreur apparaît quand nous enregistrons une facture de plus de dix lignes. La facture n’est pas conservée.', 'Pouvez-vous nous donner le numéro de la facture et l’heure de l’erreur ?', 'Facture du client Morel, vers 10 h 15. Nous avons recommencé deux fois.', 'Reproduit sur la version de recette, transmis à l’éditeur.', 'La correction de l’éditeur est installée. Les factures de plus de dix lignes s’enregistrent à nouveau.'),
(4, 'REQUEST', 'ACCOUNT', 'MINOR', 'Création d’un compte utilisateur', 'Une nouvelle collaboratrice arrive lundi. Merci de lui créer une session et une adresse électronique.', 'Quels sont son nom, son service et les dossiers auxquels elle doit accéder ?', 'Élodie Marchand, service commercial, mêmes droits que Julien Petit.', 'Licence de messagerie à commander : il n’en reste qu’une.', 'Le compte est créé. Les identifiants ont été remis par téléphone à la responsable.'),
(5, 'INCIDENT', 'TELEPHONY', 'MAJOR', 'Les appels entrants sont coupés', 'Les appels entrants sont coupés au bout de quelques secondes. Les appels sortants fonctionnent.', 'Le problème concerne-t-il tous les postes ou seulement le standard ?', 'Tous les postes, mais surtout le standard.', 'Délai d’enregistrement trop court sur le trunk, voir la fiche opérateur.', 'Le réglage de la passerelle est corrigé, une dizaine d’appels de test se sont bien passés.'),
(6, 'COACHING', 'SOFTWARE', 'MINOR', 'Prise en main du module de relances', 'Nous aimerions être accompagnés pour mettre en place les relances automatiques.', 'Seriez-vous disponibles jeudi matin pour une session d’une heure à distance ?', 'Jeudi à 10 heures nous convient, nous serons trois.', 'Prévoir le jeu de données de démonstration et le modèle de lettre.', 'La session a eu lieu. Le support de formation est joint au compte rendu.'),
(7, 'INCIDENT', 'HARDWARE', 'BLOCKING', 'Le serveur de fichiers ne répond plus', 'Les dossiers partagés sont inaccessibles depuis tous les postes. Toute l’équipe est bloquée.', 'Le serveur est-il allumé ? Entendez-vous un signal sonore ?', 'Il est allumé et émet un bip toutes les dix secondes.', 'Disque 2 de la grappe en défaut, remplacement sous garantie demandé.', 'Le disque est remplacé et la grappe reconstruite. Aucune donnée n’est perdue.'),
(8, 'REQUEST', 'HARDWARE', 'MINOR', 'Commande d’un écran supplémentaire', 'Merci de nous proposer un second écran de 27 pouces, avec son support.', 'Préférez-vous un pied réglable ou un bras à fixer sur le bureau ?', 'Un pied réglable, s’il vous plaît.', 'Stock disponible chez le fournisseur habituel, délai de trois jours.', 'L’écran est livré et installé.'),
(9, 'BUG', 'SOFTWARE', 'MINOR', 'Les accents sont remplacés par des signes étranges', 'Dans les courriels envoyés par le logiciel, les accents sont remplacés par des signes illisibles.', 'Pouvez-vous nous transférer un de ces courriels sans le modifier ?', 'C’est fait, je viens de vous en transférer deux.', 'Encodage du modèle de courriel : il a été collé depuis un traitement de texte.', 'Le modèle est corrigé. Merci de nous prévenir si un autre courriel est concerné.'),
(10, 'INCIDENT', 'ACCOUNT', 'MAJOR', 'Mot de passe refusé', 'Mon mot de passe est refusé depuis mon retour de congés. J’ai essayé sur deux ordinateurs.', 'Avez-vous reçu un courriel annonçant l’expiration de votre mot de passe ?', 'Oui, mais pendant mes congés, je n’ai pas pu le changer.', 'Vérifier l’identité par rappel sur le numéro connu avant de réinitialiser.', 'Le mot de passe est réinitialisé après rappel. La connexion fonctionne.'),
(11, 'USAGE', 'BILLING', 'MINOR', 'Question sur la dernière facture', 'La dernière facture comporte une ligne que nous ne comprenons pas. Pouvez-vous nous éclairer ?', 'De quelle ligne s’agit-il exactement ?', 'La ligne « Maintenance complémentaire », 180 euros hors taxes.', 'Ligne due à l’intervention du mois dernier, le bon signé est au dossier.', 'Nous vous avons transmis le bon d’intervention signé. La ligne correspond à cette visite.'),
(12, 'INCIDENT', 'SOFTWARE', 'MAJOR', 'Lenteurs importantes du logiciel de gestion', 'Le logiciel de gestion est très lent depuis la mise à jour : il faut près d’une minute pour ouvrir une fiche.', 'Les lenteurs touchent-elles tous les postes, et à toute heure ?', 'Tous les postes, surtout entre 9 heures et 11 heures.', 'La sauvegarde tourne encore à 10 heures : elle a été décalée par la mise à jour.', 'La sauvegarde est replacée la nuit et les index sont reconstruits. L’ouverture est immédiate.'),
(13, 'REQUEST', 'NETWORK', 'MINOR', 'Ouverture d’un accès à distance', 'Deux collaborateurs passeront en télétravail le mois prochain. Il leur faut un accès à distance sécurisé.', 'Disposent-ils d’un ordinateur de l’entreprise ou d’un ordinateur personnel ?', 'De portables de l’entreprise, livrés l’an dernier.', 'Vérifier que les portables ont le chiffrement du disque avant d’ouvrir l’accès.', 'Les deux accès sont ouverts et testés depuis une connexion extérieure.'),
(14, 'INCIDENT', 'HARDWARE', 'MINOR', 'Ordinateur portable qui ne s’allume plus', 'L’ordinateur portable ne s’allume plus, même branché. Aucun voyant.', 'Avez-vous essayé avec un autre chargeur ?', 'Oui, avec celui d’un collègue, sans effet.', 'Encore sous garantie jusqu’à la fin de l’année.', 'La carte d’alimentation est remplacée sous garantie, les données sont intactes.'),
(15, 'BUG', 'SOFTWARE', 'BLOCKING', 'Impossible de valider les commandes', 'Le bouton de validation des commandes ne réagit plus. Les préparateurs attendent.', 'Depuis quand, et avec quel navigateur ?', 'Depuis la mise à jour d’hier soir, avec tous les navigateurs.', 'Régression de la version d’hier, retour à la version précédente en cours d’étude.', 'La version corrigée est en place, les commandes en attente sont validées.'),
(16, 'COACHING', 'SOFTWARE', 'MINOR', 'Formation des nouveaux utilisateurs', 'Trois personnes rejoignent le service. Nous souhaitons une demi-journée de formation.', 'Quels modules utiliseront-elles au quotidien ?', 'Les devis, les commandes et le suivi des tickets.', 'Regrouper avec la session déjà prévue pour l’agence voisine.', 'La formation a eu lieu, les attestations sont envoyées.'),
(17, 'INCIDENT', 'NETWORK', 'MAJOR', 'Wi-Fi instable', 'Le Wi-Fi se coupe plusieurs fois par heure, surtout pendant les visioconférences.', 'Les coupures se produisent-elles dans toutes les pièces ?', 'Surtout dans la grande salle de réunion, beaucoup moins ailleurs.', 'Borne saturée : le canal est le même que celui des voisins.', 'Le canal est changé et une seconde borne installée. Plus aucune coupure en trois jours.'),
(18, 'REQUEST', 'SOFTWARE', 'MINOR', 'Ajout d’un champ sur le modèle de devis', 'Nous souhaitons voir apparaître le délai de livraison sur nos devis.', 'Le délai doit-il figurer par ligne ou une seule fois pour tout le devis ?', 'Une seule fois, sous le total.', 'Modèle partagé par deux agences : prévenir l’autre avant de le modifier.', 'Le modèle est modifié, un exemple est joint.'),
(19, 'INCIDENT', 'TELEPHONY', 'MINOR', 'Messagerie vocale muette', 'Les correspondants n’entendent plus l’annonce de la messagerie vocale.', 'Souhaitez-vous garder l’ancienne annonce ou en enregistrer une nouvelle ?', 'Une nouvelle, avec nos horaires d’ouverture.', 'Fichier d’annonce vide après la migration.', 'La nouvelle annonce est en place.'),
(20, 'USAGE', 'ACCOUNT', 'MINOR', 'Partager un agenda avec un collègue', 'Comment partager mon agenda avec un collègue sans qu’il puisse le modifier ?', 'Utilisez-vous la messagerie dans le navigateur ou sur le poste ?', 'Dans le navigateur, le plus souvent.', 'Fiche pratique à mettre à jour : les menus ont changé.', 'La marche à suivre est envoyée, le partage est en lecture seule.'),
(21, 'INCIDENT', 'HARDWARE', 'MAJOR', 'Douchette de lecture de codes-barres en panne', 'La douchette ne lit plus les codes-barres, elle s’allume mais n’émet aucun signal.', 'Lit-elle le code de réinitialisation collé sous son socle ?', 'Non plus, elle reste sans réaction.', 'Prêt d’une douchette possible, il en reste deux à l’atelier.', 'La douchette est remplacée, l’ancienne part en réparation.'),
(22, 'BUG', 'BILLING', 'MAJOR', 'Taux de TVA incorrect sur un avoir', 'Un avoir reprend un taux de TVA de 20 % alors que la facture était à 5,5 %.', 'Pouvez-vous nous donner le numéro de la facture d’origine ?', 'C’est la facture de mars du client Lefèvre.', 'Taux par défaut repris à tort quand l’article est archivé.', 'L’avoir est corrigé et la reprise du taux d’origine est rétablie.'),
(23, 'REQUEST', 'OTHER', 'MINOR', 'Planification de la visite annuelle', 'Merci de nous proposer une date pour la visite annuelle de maintenance.', 'Le 12 ou le 14 du mois prochain vous conviendrait-il ?', 'Le 14, de préférence le matin.', 'Grouper avec la visite du site voisin pour éviter un déplacement.', 'La visite est planifiée, une confirmation vous a été envoyée.');

create table demo_ticket as
with
  place(names) as (values (array['à l’accueil', 'à la comptabilité', 'au dépôt', 'à l’atelier', 'en salle de réunion', 'au service commercial',
                                  'à la direction', 'à l’agence de Lyon', 'à l’agence de Nantes', 'au magasin', 'au service après-vente', 'sur le poste 12'])),
  total(n, span_days, busy_days) as (
    select n, case when n > 10000 then 540 else 75 end, case when n > 10000 then 3 else 22 end
    from (select greatest(current_setting('guichet.demo_tickets')::bigint, 0)) t(n)),
  people(users, n) as (select array_agg(id order by id), count(*) from core.user_v1 where active),
  customers(accounts, n) as (select array_agg(id order by id), count(*) from directory.account_v1 where active),
  persons as (select account_id, array_agg(id order by id) as ids, count(*) as n from directory.contact_v1 where active group by account_id),
  base(number) as (select coalesce(max(number), 0) from ticket),
  seeded as (
    select b.number + i as number, i, t.n, p.users, p.n as user_count,
           c.accounts[1 + demo_pick(b.number + i, 1, greatest(c.n, 1))] as account_id,
           t.span_days * power((t.n - i + 0.5::float8) / t.n, 1.8) as age_days, t.busy_days
    from total t, base b, people p, customers c, generate_series(1, t.n) i
    offset 0),  -- computed once: without it each use would compute it again
  dated as (
    select s.*, now() - age_days * interval '1 day' as at, demo_pick(number, 2, 1000) / 1000.0::float8 as luck,
           demo_pick(number, 3, 100) as percent, demo_pick(number, 4, 24) as case_n
    from seeded s
    offset 0),
  staged as (
    select d.*,
           -- Before today, the hours of a day are pressed into the office's.
           case when at < date_trunc('day', now()) then date_trunc('day', at) + interval '7 hours' + (at - date_trunc('day', at)) * 0.45
                else at end as created_at,
           case when luck < exp(-age_days / busy_days) then
                  case when age_days < 0.7 then (array['NEW', 'NEW', 'NEW', 'READ', 'ASSIGNED', 'IN_PROGRESS'])[1 + percent % 6]
                       when percent < 6 then 'NEW' when percent < 12 then 'READ' when percent < 34 then 'ASSIGNED'
                       when percent < 68 then 'IN_PROGRESS' when percent < 88 then 'CUSTOMER' else 'ON_HOLD' end
                when percent < 3 then 'CANCELLED'
                when age_days < busy_days and percent < 50 then 'RESOLVED'
                else 'CLOSED' end as status,
           case when percent < 12 then 'LOW' when percent < 70 then 'NORMAL' when percent < 92 then 'HIGH' else 'URGENT' end as priority
    from dated d
    offset 0)
select s.number, 'T' || to_char(s.created_at, 'YYMM') || '-' || lpad(s.number::text, greatest(6, length(s.number::text)), '0') as ref,
       k.subject || case when demo_pick(s.number, 5, 3) = 0 or k.subject like '%?' then '' else ' ' || p.names[1 + demo_pick(s.number, 6, 12)] end as subject,
       k.description || E'\n\nCordialement' || coalesce(E',\n' || c.name, '') as description,
       s.case_n, st.id as status_id, st.code as status, st.phase, s.priority, k.type, k.category, k.severity, s.account_id, c.id as contact_id,
       coalesce(c.email, 'client' || s.account_id || '@example.org') as contact_email,
       (array['phone', 'email', 'email', 'email', 'web', 'web', 'agent', 'letter'])[1 + demo_pick(s.number, 7, 8)] as channel,
       case when st.phase = 'new' then null else s.users[1 + demo_pick(s.number, 8, s.user_count)] end as assignee_id,
       s.users[1 + demo_pick(s.number, 9, s.user_count)] as opener_id,
       s.created_at,
       least(s.created_at + make_interval(mins => 4 + demo_pick(s.number, 10, 240)::int), now()) as first_read_at,
       least(s.created_at + make_interval(mins => 90 + demo_pick(s.number, 11, 7200)::int), now() - interval '1 minute') as last_at
from staged s
join demo_case k on k.n = s.case_n
join status st on st.code = s.status
cross join place p
left join persons on persons.account_id = s.account_id
left join directory.contact_v1 c on c.id = persons.ids[1 + demo_pick(s.number, 17, persons.n)];

-- A table that grows by a lot is indexed and checked afterwards, in one go.
create table demo_later as
select 'drop index ' || indexname as before, indexdef as after
from pg_indexes i
where schemaname = current_schema and current_setting('guichet.demo_tickets')::bigint > 10000
  and not exists (select from pg_constraint c where c.conname = i.indexname and c.connamespace = current_schema::regnamespace)
union all
select format('alter table %s drop constraint %I', conrelid::regclass, conname),
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
from pg_constraint
where connamespace = current_schema::regnamespace and contype in ('f', 'u') and current_setting('guichet.demo_tickets')::bigint > 10000;
do $$
declare step text;
begin
  for step in select before from demo_later loop execute step; end loop;
end $$;

-- The words that each ticket is found by (document of a ticket) are put together from those of the texts it is made of: the triggers
-- would read every text again.
alter table ticket disable trigger user;
alter table message disable trigger user;
create table demo_words as
select n, words_of(subject || E'\n' || description || E'\n\nCordialement') as base, words_of(question) as question, words_of(answer) as answer,
       words_of(note) as note, words_of(solution) as solution
from demo_case;
create table demo_place as
select n - 1 as n, words_of(name) as words
from unnest(array['à l’accueil', 'à la comptabilité', 'au dépôt', 'à l’atelier', 'en salle de réunion', 'au service commercial',
                  'à la direction', 'à l’agence de Lyon', 'à l’agence de Nantes', 'au magasin', 'au service après-vente', 'sur le poste 12'])
     with ordinality p (name, n);
create table demo_contact as select id, words_of(name) as words from directory.contact_v1;

-- Teams of people: the first one each belongs to; a ticket without assignee waits in one of them or in none.
insert into ticket (number, ref, subject, description, status_id, priority, type, category, severity, account_id, contact_id, assignee_id,
                    team_id, channel, due_at, progress, read_at, read_by, closed_at, created_at, created_by, updated_at, updated_by, version, document)
select d.number, d.ref, d.subject, d.description, d.status_id, d.priority, d.type, d.category, d.severity, d.account_id, d.contact_id, d.assignee_id,
       coalesce(m.team_id, tw.teams[1 + demo_pick(d.number, 12, tw.n + 1)]), d.channel,
       case when demo_pick(d.number, 13, 5) < 3 then
         d.created_at + make_interval(hours => case d.priority when 'URGENT' then 8 when 'HIGH' then 48 else 24 * 14 end) end,
       case when d.phase in ('resolved', 'closed') then 100 when d.phase in ('open', 'waiting') then 10 * demo_pick(d.number, 14, 9) else 0 end,
       case when d.status <> 'NEW' then d.first_read_at end, case when d.status <> 'NEW' then coalesce(d.assignee_id, d.opener_id) end,
       case when d.phase in ('closed', 'deleted') then d.last_at end, d.created_at,
       case when d.channel in ('phone', 'agent', 'letter') then d.opener_id end,
       case when d.phase = 'new' then d.created_at else greatest(d.last_at, d.created_at) end, d.assignee_id, case when d.phase = 'new' then 1 else 2 end,
       w.base || coalesce(c.words, '') || case when d.subject = k.subject then ''::tsvector else p.words end ||
       case when d.assignee_id is null then ''::tsvector else w.question end ||
       case when d.assignee_id is not null and (d.phase in ('resolved', 'closed') or d.status = 'IN_PROGRESS') then w.answer else ''::tsvector end ||
       case when d.assignee_id is not null and demo_pick(d.number, 15, 3) = 0 then w.note else ''::tsvector end ||
       case when d.assignee_id is not null and d.phase in ('resolved', 'closed') then w.solution else ''::tsvector end
from demo_ticket d
join demo_case k on k.n = d.case_n
join demo_words w on w.n = d.case_n
join demo_place p on p.n = demo_pick(d.number, 6, 12)
left join demo_contact c on c.id = d.contact_id
left join (select user_id, min(team_id) as team_id from core.team_member_v1 group by user_id) m on m.user_id = d.assignee_id
cross join (select coalesce(array_agg(id order by id), '{}') as teams, count(*) as n from core.team_v1 where active) tw
order by d.number;

-- Question, answer, team note, private word, solution: as many as the ticket's phase has had time for.
insert into message (ticket_id, author_id, author_email, body, visibility, to_user_id, created_at)
select t.id, case when v.kind <> 'answer' then d.assignee_id end, case when v.kind = 'answer' then d.contact_email end, v.body, v.visibility,
       case when v.kind = 'word' then d.opener_id end,
       d.first_read_at + (greatest(d.last_at, d.first_read_at) - d.first_read_at) * v.part
from demo_ticket d
join ticket t on t.number = d.number
join demo_case k on k.n = d.case_n
cross join lateral (values
  ('question', 'public', 0.1, E'Bonjour,\n\n' || k.question || E'\n\nBien cordialement,'),
  ('answer', 'public', 0.3, E'Bonjour,\n\n' || k.answer),
  ('note', 'team', 0.4, k.note),
  ('word', 'private', 0.5, 'Peux-tu y jeter un œil ? Le client a rappelé et s’impatiente un peu.'),
  ('solution', 'public', 1.0, E'Bonjour,\n\n' || k.solution || E'\n\nBonne journée,')) v(kind, visibility, part, body)
where d.assignee_id is not null
  and case v.kind
        when 'question' then true
        when 'answer' then d.phase in ('resolved', 'closed') or d.status = 'IN_PROGRESS'
        when 'note' then demo_pick(d.number, 15, 3) = 0
        when 'word' then demo_pick(d.number, 16, 12) = 0 and d.opener_id <> d.assignee_id
        else d.phase in ('resolved', 'closed') end;

insert into change (ticket_id, version, at, by_id, field, from_value, to_value)
select t.id, v.version, v.at, v.by_id, v.field, v.from_value, v.to_value
from demo_ticket d
join ticket t on t.number = d.number
cross join (select id::text from status order by position limit 1) first(status_id)
cross join lateral (values
  (1, d.created_at, t.created_by, 'created', null, null),
  (1, t.read_at, t.read_by, 'read', null, null),
  (2, t.read_at, t.read_by, 'assignee', null, t.assignee_id::text),
  (2, greatest(d.last_at, d.created_at), t.assignee_id, 'status', first.status_id, t.status_id::text))
  v(version, at, by_id, field, from_value, to_value)
where v.at is not null and (v.field in ('created', 'read') or d.assignee_id is not null)
order by t.id, v.version, v.at;

do $$
declare step text;
begin
  perform set_config('maintenance_work_mem', '256MB', true);
  for step in select after from demo_later loop execute step; end loop;
end $$;

select core.raise_counter('tickets.ticket', split_part(ref, '-', 1) || '-#', max(number)) from demo_ticket group by split_part(ref, '-', 1);

alter table ticket enable trigger user;
alter table message enable trigger user;
drop table demo_later;
drop table demo_ticket;
drop table demo_words;
drop table demo_place;
drop table demo_contact;
drop table demo_case;
drop function demo_pick(bigint, int, bigint);
