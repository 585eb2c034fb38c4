-- Requests of an address, for who has lost his links.
create index ticket_requester on ticket (lower(requester_email), updated_at desc) where requester_email <> '';
