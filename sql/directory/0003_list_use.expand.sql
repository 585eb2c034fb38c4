-- What is used of the list (core.list_use).
comment on column account.type is 'list:directory.account_type';
