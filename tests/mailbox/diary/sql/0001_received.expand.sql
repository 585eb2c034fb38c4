create table received (mail_id bigint, sender text, authenticated boolean, method text, calendar text);
