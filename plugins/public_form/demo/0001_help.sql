-- What the form says when a category is chosen, so that it is ready to be tried at /public.
insert into category_help (category, language, body)
select v.category, v.language, v.body
from (values
  ('HARDWARE', 'fr', 'Indiquez le **numéro de série** (au dos de l’appareil) et ce qui s’affiche à l’écran. Une photo aide beaucoup.'),
  ('HARDWARE', 'en', 'Give the **serial number** (on the back of the device) and what the screen shows. A picture helps a lot.'),
  ('SOFTWARE', 'fr', 'Quel logiciel, quelle version, et que faisiez-vous quand l’erreur est apparue ?'),
  ('SOFTWARE', 'en', 'Which program, which version, and what were you doing when the error came?'),
  ('ACCOUNT', 'fr', 'N’écrivez **jamais** votre mot de passe ici : nous ne vous le demanderons pas.'),
  ('ACCOUNT', 'en', '**Never** write your password here: we will not ask for it.'),
  ('BILLING', 'fr', 'Le numéro de la facture commence par F et se trouve en haut à droite.'),
  ('BILLING', 'en', 'The number of the invoice begins with F and is in the upper right corner.')
) v(category, language, body)
where not exists (select from category_help);
