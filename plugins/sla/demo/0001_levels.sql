-- Two policies on the calendar that is there, in force since a month; the tickets of the demo are measured by them when the desk starts.
insert into calendar (name, definition) select 'Astreinte', jsonb_build_object('zone', 'Europe/Paris', 'week', (select jsonb_object_agg(d, '[["00:00", "24:00"]]'::jsonb)
  from unnest(array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']) d))
  where not exists (select from calendar where lower(name) = 'astreinte');

insert into policy (name, position, active, enforce_from, calendar_id, definition)
select p.name, coalesce((select max(position) from policy), 0) + p.n, true, now() - interval '30 days', c.id, p.definition::jsonb
from (values
  (1, 'Urgences', 'Astreinte', '{"scope": {"min_priority": "URGENT"}, "first_response": {"amount": 30, "unit": "minutes", "working": true},
     "next_response": {"amount": 2, "unit": "hours", "working": true}, "resolution": {"amount": 8, "unit": "hours", "working": true}, "reopen": "pause",
     "levels": [{"clock": "resolution", "percent": 75, "notify": ["assignee", "team"]}, {"clock": "resolution", "minutes": 0, "notify": ["manager"], "note": "Échéance dépassée"}]}'),
  (2, 'Standard', 'France', '{"scope": {}, "first_response": {"amount": 4, "unit": "hours", "working": true},
     "next_response": {"amount": 8, "unit": "hours", "working": true}, "resolution": {"amount": 5, "unit": "days", "working": true}, "reopen": "pause",
     "levels": [{"clock": "resolution", "percent": 80, "notify": ["assignee"]}]}')) p (n, name, calendar, definition)
join calendar c on c.name = p.calendar
where not exists (select from policy);

insert into policy_version (policy_id, version, name, calendar, definition)
select p.id, p.version, p.name, c.definition, p.definition from policy p join calendar c on c.id = p.calendar_id
on conflict do nothing;

-- To be looked at by the scheduler's next pass.
insert into ticket_state (ticket_id, next_at) select id, now() from tickets.ticket_v1 where created_at > now() - interval '90 days' or phase in ('new', 'open', 'waiting')
on conflict (ticket_id) do update set next_at = excluded.next_at, computed_at = null;
