insert into score (account_id, score, color, note, since)
select id, (id * 37 % 100)::numeric / 4, (array['red', 'blue', 'green'])[1 + id % 3], 'Note ' || id, date '2026-01-01' + (id % 300)::int
from directory.account_v1 where id % 4 > 0;
