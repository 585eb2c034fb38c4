-- What other modules have to tell (notifications/occasions_v1.h) is an event of rules, and whom they name a recipient.
alter table rule drop constraint rule_event_check;
alter table rule add constraint rule_event_check
  check (event in ('new_ticket', 'assigned', 'customer_message', 'reply', 'note', 'status', 'merged', 'alert'));
alter table rule_recipient drop constraint rule_recipient_kind_check;
alter table rule_recipient add constraint rule_recipient_kind_check
  check (kind in ('assignee', 'in_charge', 'ticket_team', 'watchers', 'alert_list', 'managers', 'fallback', 'user', 'team', 'address', 'named'));

do $$
declare
  r bigint;
begin
  insert into rule (event, position, first_only) select 'alert', coalesce(max(position), 0) + 1, true from rule returning id into r;
  insert into rule_recipient (rule_id, position, kind) values (r, 1, 'named'), (r, 2, 'assignee'), (r, 3, 'ticket_team'), (r, 4, 'managers');
end $$;
