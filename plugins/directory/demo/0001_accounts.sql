-- A small French customer base: 20 accounts with their contacts and contracts, and more accounts when many
-- tickets are wanted. Phone numbers are from the ranges that ARCEP keeps for fiction, domains end in .example.

-- The author goes round the users there are.
create temporary table demo_author on commit drop as
  select id as user_id, row_number() over (order by id) - 1 as n from core.user_v1 where active;

insert into account (name, code, type, email, phone, website, address, zip, town, country, notes, active,
                     created_at, updated_at, created_by, updated_by)
select v.name, v.code, v.type, v.email, v.phone, v.website, v.address, v.zip, v.town, 'France', v.notes, v.active,
       now() - v.days * interval '1 day', now() - v.days * interval '1 day', a.user_id, a.user_id
from (values
  (1, 'Boulangerie Morvan', 'C-0001', 'customer', 'contact@boulangerie-morvan.example', '02 61 91 10 01', 'https://boulangerie-morvan.example', '14 rue de la Fonderie', '29200', 'Brest', 'Trois fournils et un magasin. Appeler avant 11 h.', true, 720),
  (2, 'Cabinet Delacroix & Associés', 'C-0002', 'customer', 'accueil@delacroix-avocats.example', '01 99 00 10 02', 'https://delacroix-avocats.example', E'8 avenue Foch\nBâtiment B', '75016', 'Paris', null, true, 655),
  (3, 'Transports Lemoine', 'C-0003', 'customer', 'exploitation@transports-lemoine.example', '03 53 01 10 03', 'https://transports-lemoine.example', 'ZI des Bruyères, 3 rue Ampère', '59810', 'Lesquin', 'Site ouvert 24 h/24 ; astreinte informatique le week-end.', true, 610),
  (4, 'Clinique Saint-Vincent', 'C-0004', 'customer', 'informatique@clinique-saint-vincent.example', '04 65 71 10 04', 'https://clinique-saint-vincent.example', '52 boulevard de la Liberté', '13001', 'Marseille', 'Données de santé : intervention à distance sur accord écrit seulement.', true, 590),
  (5, 'Mairie de Saint-Aubin', 'C-0005', 'customer', 'mairie@saint-aubin.example', '02 61 91 10 05', null, '1 place de l’Église', '35140', 'Saint-Aubin-du-Cormier', null, true, 540),
  (6, 'Menuiserie Kervella', 'C-0006', 'customer', 'atelier@menuiserie-kervella.example', '02 61 91 10 06', null, '27 route de Quimper', '29900', 'Concarneau', null, true, 512),
  (7, 'Garage du Pont-Neuf', 'C-0007', 'customer', 'garage@pont-neuf.example', '05 36 49 10 07', null, '110 allée de Barcelone', '31000', 'Toulouse', null, true, 470),
  (8, 'Librairie L’Encre bleue', 'C-0008', 'customer', 'bonjour@encre-bleue.example', '04 65 71 10 08', 'https://encre-bleue.example', '6 rue Mercière', '69002', 'Lyon', 'Caisse à remplacer en fin d’année.', true, 455),
  (9, 'Laiterie du Val d’Orne', 'C-0009', 'customer', 'production@val-dorne.example', '02 61 91 10 09', 'https://val-dorne.example', 'Lieu-dit La Chapelle', '61100', 'Flers', null, true, 430),
  (10, 'Hôtel Beau Rivage', 'C-0010', 'customer', 'reception@beau-rivage.example', '04 65 71 10 10', 'https://beau-rivage.example', '2 quai des Anglais', '06300', 'Nice', 'Saison haute de mai à septembre.', true, 405),
  (11, 'Lycée Camille-Claudel', 'C-0011', 'customer', 'intendance@lycee-claudel.example', '03 53 01 10 11', null, '45 rue de Metz', '54000', 'Nancy', null, true, 380),
  (12, 'Pharmacie des Halles', 'C-0012', 'customer', 'pharmacie@halles-rennes.example', '02 61 91 10 12', null, '19 rue Nationale', '35000', 'Rennes', null, true, 350),
  (13, 'Ateliers Bonnefoy', 'C-0013', 'customer', 'achats@ateliers-bonnefoy.example', '03 53 01 10 13', 'https://ateliers-bonnefoy.example', '88 rue de la Forge', '25000', 'Besançon', null, true, 320),
  (14, 'Domaine de Peyrelade', 'P-0001', 'prospect', 'contact@peyrelade.example', '05 36 49 10 14', 'https://peyrelade.example', 'Chemin des Vignes', '33330', 'Saint-Émilion', 'Rencontrés au salon de Bordeaux. Devis envoyé.', true, 90),
  (15, 'Coopérative Terres d’Aunis', 'P-0002', 'prospect', 'si@terres-aunis.example', '05 36 49 10 15', null, '4 rue du Port', '17000', 'La Rochelle', null, true, 75),
  (16, 'Imprimerie Vasseur', 'P-0003', 'prospect', 'direction@imprimerie-vasseur.example', '03 53 01 10 16', null, '12 rue Gutenberg', '80000', 'Amiens', null, true, 60),
  (17, 'Studio Nadir', null, 'lead', 'hello@studio-nadir.example', '01 99 00 10 17', null, null, '93100', 'Montreuil', 'Formulaire du site, rappeler.', true, 21),
  (18, 'Les Jardins de Cocagne', null, 'lead', 'equipe@jardins-cocagne.example', null, null, null, '81000', 'Albi', null, true, 9),
  (19, 'Inforéseaux Distribution', 'F-0001', 'supplier', 'commandes@inforeseaux.example', '01 99 00 10 19', 'https://inforeseaux.example', 'Parc Icade, 30 avenue des Fruitiers', '93210', 'Saint-Denis', 'Matériel réseau. Livraison sous 48 h.', true, 700),
  (20, 'Éditions Logicielles du Rhône', 'F-0002', 'supplier', 'support@elr-logiciels.example', '04 65 71 10 20', 'https://elr-logiciels.example', '71 cours Gambetta', '69003', 'Lyon', 'Éditeur abandonné : contrat repris par Inforéseaux.', false, 690)
) v(n, name, code, type, email, phone, website, address, zip, town, notes, active, days)
left join demo_author a on a.n = v.n % greatest((select count(*) from demo_author), 1)
where not exists (select from account)
order by v.n;

insert into contact (account_id, first_name, last_name, job_title, email, phone, mobile, active, created_at, updated_at, created_by, updated_by)
select a.id, v.first_name, v.last_name, v.job_title, v.email, v.phone, v.mobile, v.active, a.created_at, a.created_at, a.created_by, a.created_by
from (values
  (1, 'Boulangerie Morvan', 'Yann', 'Morvan', 'Gérant', 'yann@boulangerie-morvan.example', '02 61 91 10 01', '06 39 98 10 01', true),
  (2, 'Boulangerie Morvan', 'Nolwenn', 'Le Gall', 'Responsable du magasin', 'nolwenn@boulangerie-morvan.example', null, '06 39 98 10 02', true),
  (3, 'Cabinet Delacroix & Associés', 'Hélène', 'Delacroix', 'Associée', 'h.delacroix@delacroix-avocats.example', '01 99 00 10 21', null, true),
  (4, 'Cabinet Delacroix & Associés', 'Karim', 'Benali', 'Secrétaire général', 'k.benali@delacroix-avocats.example', '01 99 00 10 22', '06 39 98 10 04', true),
  (5, 'Cabinet Delacroix & Associés', 'Sophie', 'Marchand', 'Assistante', 's.marchand@delacroix-avocats.example', '01 99 00 10 23', null, false),
  (6, 'Transports Lemoine', 'Patrick', 'Lemoine', 'Directeur', 'p.lemoine@transports-lemoine.example', '03 53 01 10 31', '06 39 98 10 06', true),
  (7, 'Transports Lemoine', 'Aurélie', 'Dubois', 'Responsable d’exploitation', 'a.dubois@transports-lemoine.example', '03 53 01 10 32', null, true),
  (8, 'Transports Lemoine', 'Mehdi', 'Haddad', 'Informatique', 'm.haddad@transports-lemoine.example', '03 53 01 10 33', '06 39 98 10 08', true),
  (9, 'Clinique Saint-Vincent', 'Isabelle', 'Ferrand', 'Directrice des systèmes d’information', 'i.ferrand@clinique-saint-vincent.example', '04 65 71 10 41', '06 39 98 10 09', true),
  (10, 'Clinique Saint-Vincent', 'Thomas', 'Garcia', 'Technicien', 't.garcia@clinique-saint-vincent.example', '04 65 71 10 42', null, true),
  (11, 'Clinique Saint-Vincent', 'Fatou', 'Diallo', 'Cadre de santé', 'f.diallo@clinique-saint-vincent.example', '04 65 71 10 43', null, true),
  (12, 'Mairie de Saint-Aubin', 'Jean-Marc', 'Rouault', 'Maire', 'maire@saint-aubin.example', '02 61 91 10 05', null, true),
  (13, 'Mairie de Saint-Aubin', 'Céline', 'Texier', 'Secrétaire de mairie', 'c.texier@saint-aubin.example', '02 61 91 10 52', null, true),
  (14, 'Menuiserie Kervella', 'Ronan', 'Kervella', 'Artisan', 'ronan@menuiserie-kervella.example', '02 61 91 10 06', '06 39 98 10 14', true),
  (15, 'Menuiserie Kervella', 'Maëlle', 'Kervella', 'Comptabilité', 'compta@menuiserie-kervella.example', null, null, true),
  (16, 'Garage du Pont-Neuf', 'Bruno', 'Escande', 'Chef d’atelier', 'b.escande@pont-neuf.example', '05 36 49 10 71', '06 39 98 10 16', true),
  (17, 'Garage du Pont-Neuf', 'Amina', 'Cherif', 'Accueil', 'accueil@pont-neuf.example', '05 36 49 10 72', null, true),
  (18, 'Librairie L’Encre bleue', 'Élise', 'Perrin', 'Libraire', 'elise@encre-bleue.example', '04 65 71 10 81', null, true),
  (19, 'Librairie L’Encre bleue', 'Hugo', 'Blanc', 'Libraire', 'hugo@encre-bleue.example', null, '06 39 98 10 19', true),
  (20, 'Laiterie du Val d’Orne', 'Marc', 'Lefèvre', 'Directeur de production', 'm.lefevre@val-dorne.example', '02 61 91 10 91', '06 39 98 10 20', true),
  (21, 'Laiterie du Val d’Orne', 'Sandrine', 'Hamel', 'Qualité', 's.hamel@val-dorne.example', '02 61 91 10 92', null, true),
  (22, 'Laiterie du Val d’Orne', 'Kévin', 'Leroy', 'Maintenance', 'k.leroy@val-dorne.example', null, '06 39 98 10 22', true),
  (23, 'Hôtel Beau Rivage', 'Chiara', 'Rossi', 'Directrice', 'c.rossi@beau-rivage.example', '04 65 71 11 01', '06 39 98 10 23', true),
  (24, 'Hôtel Beau Rivage', 'Antoine', 'Giraud', 'Réceptionniste de nuit', 'nuit@beau-rivage.example', '04 65 71 10 10', null, true),
  (25, 'Lycée Camille-Claudel', 'Véronique', 'Schmitt', 'Intendante', 'v.schmitt@lycee-claudel.example', '03 53 01 11 11', null, true),
  (26, 'Lycée Camille-Claudel', 'Olivier', 'Humbert', 'Professeur référent numérique', 'o.humbert@lycee-claudel.example', null, '06 39 98 10 26', true),
  (27, 'Pharmacie des Halles', 'Claire', 'Guillou', 'Pharmacienne', 'c.guillou@halles-rennes.example', '02 61 91 11 21', null, true),
  (28, 'Pharmacie des Halles', 'Erwan', 'Bihan', 'Préparateur', 'e.bihan@halles-rennes.example', null, null, true),
  (29, 'Ateliers Bonnefoy', 'Luc', 'Bonnefoy', 'Président', 'luc@ateliers-bonnefoy.example', '03 53 01 11 31', '06 39 98 10 29', true),
  (30, 'Ateliers Bonnefoy', 'Nathalie', 'Jeannin', 'Responsable des achats', 'n.jeannin@ateliers-bonnefoy.example', '03 53 01 11 32', null, true),
  (31, 'Ateliers Bonnefoy', 'Samuel', 'Petitjean', 'Bureau d’études', 's.petitjean@ateliers-bonnefoy.example', '03 53 01 11 33', null, true),
  (32, 'Domaine de Peyrelade', 'Guillaume', 'de Peyrelade', 'Propriétaire', 'guillaume@peyrelade.example', '05 36 49 11 41', '06 39 98 10 32', true),
  (33, 'Domaine de Peyrelade', 'Inès', 'Castaing', 'Commerciale', 'ines@peyrelade.example', null, '06 39 98 10 33', true),
  (34, 'Coopérative Terres d’Aunis', 'Didier', 'Moreau', 'Directeur', 'd.moreau@terres-aunis.example', '05 36 49 11 51', null, true),
  (35, 'Coopérative Terres d’Aunis', 'Laura', 'Pineau', 'Administration', 'l.pineau@terres-aunis.example', '05 36 49 11 52', null, true),
  (36, 'Imprimerie Vasseur', 'Benoît', 'Vasseur', 'Gérant', 'b.vasseur@imprimerie-vasseur.example', '03 53 01 11 61', null, true),
  (37, 'Imprimerie Vasseur', 'Stéphanie', 'Caron', 'Fabrication', 's.caron@imprimerie-vasseur.example', '03 53 01 11 62', null, true),
  (38, 'Studio Nadir', 'Nadir', 'Belkacem', 'Fondateur', 'nadir@studio-nadir.example', null, '06 39 98 10 38', true),
  (39, 'Studio Nadir', 'Zoé', 'Lambert', 'Graphiste', 'zoe@studio-nadir.example', null, null, true),
  (40, 'Les Jardins de Cocagne', 'Jérôme', 'Fabre', 'Coordinateur', 'jerome@jardins-cocagne.example', null, '06 39 98 10 40', true),
  (41, 'Inforéseaux Distribution', 'Valérie', 'N’Guyen', 'Commerciale', 'v.nguyen@inforeseaux.example', '01 99 00 11 91', '06 39 98 10 41', true),
  (42, 'Inforéseaux Distribution', 'Fabien', 'Roche', 'Service après-vente', 'sav@inforeseaux.example', '01 99 00 11 92', null, true),
  (43, 'Éditions Logicielles du Rhône', 'Christophe', 'Vial', 'Support', 'c.vial@elr-logiciels.example', '04 65 71 12 01', null, false),
  (44, 'Mairie de Saint-Aubin', 'Lucie', 'Besnard', 'Médiathèque', 'mediatheque@saint-aubin.example', '02 61 91 10 53', null, true),
  (45, 'Hôtel Beau Rivage', 'Paul', 'Santini', 'Technique', 'technique@beau-rivage.example', null, '06 39 98 10 45', true)
) v(n, account, first_name, last_name, job_title, email, phone, mobile, active)
join account a on a.name = v.account
where not exists (select from contact)
order by v.n;

insert into contract (account_id, ref, label, starts_on, ends_on, status, created_at, updated_at, created_by, updated_by)
select a.id, 'CT-' || to_char(current_date + v.first, 'YYYY') || '-' || lpad(v.n::text, 3, '0'), v.label,
       current_date + v.first, current_date + v.last, v.status, t.at, t.at, a.created_by, a.created_by
from (values
  (1, 'Boulangerie Morvan', 'Assistance caisse et réseau', -200, 165, 'running'),
  (2, 'Cabinet Delacroix & Associés', 'Infogérance du cabinet, 12 postes', -300, 430, 'running'),
  (3, 'Cabinet Delacroix & Associés', 'Sauvegarde externalisée', -300, 65, 'running'),
  (4, 'Transports Lemoine', 'Assistance 24 h/24', -120, 610, 'running'),
  (5, 'Transports Lemoine', 'Maintenance du parc embarqué', -600, -235, 'ended'),
  (6, 'Clinique Saint-Vincent', 'Infogérance et hébergement de données de santé', -250, 845, 'running'),
  (7, 'Mairie de Saint-Aubin', 'Assistance aux utilisateurs', -90, 275, 'running'),
  (8, 'Menuiserie Kervella', 'Forfait de 20 heures', -400, -35, 'ended'),
  (9, 'Menuiserie Kervella', 'Forfait de 20 heures', -30, 335, 'running'),
  (10, 'Garage du Pont-Neuf', 'Maintenance des postes d’atelier', -150, 215, 'running'),
  (11, 'Librairie L’Encre bleue', 'Assistance caisse', -360, 5, 'running'),
  (12, 'Laiterie du Val d’Orne', 'Supervision des automates', -210, 155, 'running'),
  (13, 'Hôtel Beau Rivage', 'Réseau Wi-Fi des clients', -500, -135, 'ended'),
  (14, 'Hôtel Beau Rivage', 'Réseau Wi-Fi des clients', -134, 231, 'running'),
  (15, 'Lycée Camille-Claudel', 'Maintenance des salles informatiques', -80, 285, 'running'),
  (16, 'Ateliers Bonnefoy', 'Assistance aux utilisateurs', -45, 320, 'running'),
  (17, 'Domaine de Peyrelade', 'Informatique du domaine', 15, 380, 'draft'),
  (18, 'Pharmacie des Halles', 'Assistance et télémaintenance', -700, -335, 'ended')
) v(n, account, label, first, last, status)
cross join lateral (select now() + least(v.first, -1) * interval '1 day' as at) t
join account a on a.name = v.account
where not exists (select from contract)
order by v.n;

-- One further account for 50 tickets, two contacts each. Every part of a name is used with every other.
create temporary table demo_part on commit drop as
select array['Menuiserie', 'Garage', 'Cabinet', 'Pharmacie', 'Boulangerie', 'Transports', 'Imprimerie', 'Clinique', 'Ateliers',
             'Librairie', 'Maçonnerie', 'Domaine', 'Plomberie', 'Laboratoire', 'Hôtel', 'Brasserie', 'Fonderie', 'Conserverie',
             'Optique', 'Électricité', 'Charpente', 'Traiteur', 'Verrerie'] as trade,
       array['Martin', 'Bernard', 'Thomas', 'Petit', 'Robert', 'Richard', 'Durand', 'Dubois', 'Moreau', 'Laurent', 'Simon', 'Michel',
             'Lefèvre', 'Leroy', 'Roux', 'David', 'Bertrand', 'Morel', 'Fournier', 'Girard', 'Bonnet', 'Dupont', 'Lambert', 'Fontaine',
             'Rousseau', 'Vincent', 'Müller', 'Faure', 'André', 'Mercier', 'Blanc', 'Guérin', 'Boyer', 'Garnier', 'Chevalier',
             'François', 'Legrand', 'Gauthier', 'Garcia', 'Perrin', 'Robin', 'Clément', 'Morin', 'Nicolas', 'Henry', 'Roussel',
             'Mathieu', 'Gautier', 'Masson', 'Marchand', 'Duval', 'Denis', 'Benali'] as surname,
       array['Camille', 'Louis', 'Emma', 'Gabriel', 'Jade', 'Léo', 'Louise', 'Raphaël', 'Alice', 'Arthur', 'Chloé', 'Jules', 'Inès',
             'Adam', 'Léa', 'Maël', 'Manon', 'Lucas', 'Julie', 'Hugo', 'Zoé', 'Noé', 'Sarah', 'Nathan', 'Éva', 'Ethan', 'Anaïs',
             'Paul', 'Lina', 'Yanis', 'Margaux'] as first_name,
       array['Gérant', 'Directrice', 'Comptable', 'Responsable informatique', 'Assistante', 'Chef d’atelier', 'Accueil'] as job,
       array['customer', 'customer', 'customer', 'prospect', 'customer', 'customer', 'lead', 'customer', 'supplier', 'customer'] as type,
       array['Paris', 'Lyon', 'Marseille', 'Toulouse', 'Nice', 'Nantes', 'Montpellier', 'Strasbourg', 'Bordeaux', 'Lille', 'Rennes',
             'Reims', 'Saint-Étienne', 'Le Havre', 'Toulon', 'Grenoble', 'Dijon', 'Angers', 'Nîmes', 'Clermont-Ferrand', 'Brest',
             'Limoges', 'Tours', 'Amiens', 'Metz', 'Besançon', 'Orléans', 'Rouen', 'Mulhouse'] as town,
       array['75010', '69003', '13005', '31000', '06000', '44000', '34000', '67000', '33000', '59000', '35000', '51100', '42000', '76600',
             '83000', '38000', '21000', '49000', '30000', '63000', '29200', '87000', '37000', '80000', '57000', '25000', '45000', '76000',
             '68100'] as zip;

insert into account (name, code, type, email, phone, zip, town, country, created_at, updated_at, created_by, updated_by)
select trade[1 + i % 23] || ' ' || surname[1 + i % 53] || case when i % 3 = 0 then ' & ' || surname[1 + (i + 1 + i / 53 % 52) % 53] else '' end,
       'D-' || lpad(i::text, 6, '0'), type[1 + i % 10], 'contact@entreprise-' || i || '.example',
       '01 99 00 ' || lpad((i / 100 % 100)::text, 2, '0') || ' ' || lpad((i % 100)::text, 2, '0'),
       zip[1 + i % 29], town[1 + i % 29], 'France', t.at, t.at, a.user_id, a.user_id
from (select case when n > 1000 then least(n / 50, 20000) else 0 end as wanted
      from (select current_setting('guichet.demo_tickets')::bigint as n) s) w,
     generate_series((select count(*) + 1 from account where code like 'D-______'), wanted) i
cross join lateral (select now() - (i % 1000) * interval '1 day' as at) t
cross join demo_part
left join demo_author a on a.n = i % greatest((select count(*) from demo_author), 1)
order by i;

insert into contact (account_id, first_name, last_name, job_title, email, mobile, created_at, updated_at, created_by, updated_by)
select a.id, first_name[1 + (a.id * 2 + k) % 31], surname[1 + (a.id * 5 + k) % 53], job[1 + (a.id + k) % 7],
       'personne' || k || substring(a.email from '@.*'),
       '06 39 98 ' || lpad((a.id / 100 % 100)::text, 2, '0') || ' ' || lpad((a.id % 100)::text, 2, '0'),
       a.created_at, a.created_at, a.created_by, a.created_by
from account a cross join generate_series(1, 2) k cross join demo_part
where a.code like 'D-______' and not exists (select from contact c where c.account_id = a.id)
order by a.id, k;
