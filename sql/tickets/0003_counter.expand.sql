-- Numbers come from the host's counter tickets.ticket, whose mask administrators edit. It goes on where the table counter
-- is, and in each month above what the month has. The table stays for versions that still use it.
select core.raise_counter('tickets.ticket', '#', value) from counter where name = 'ticket' and value > 0;
select core.raise_counter('tickets.ticket', split_part(ref, '-', 1) || '-#', max(number)) from ticket where ref ~ '^T[0-9]{4}-[0-9]+$'
  group by split_part(ref, '-', 1);

-- What is used of the lists (core.list_use).
comment on column ticket.type is 'list:tickets.type';
comment on column ticket.priority is 'list:tickets.priority';
comment on column ticket.category is 'list:tickets.category';
comment on column ticket.severity is 'list:tickets.severity';
