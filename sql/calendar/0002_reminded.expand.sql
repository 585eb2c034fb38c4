-- The start of the occurrence that was reminded of last: a change of other things reminds nobody again.
alter table event add column reminded_for timestamptz;
