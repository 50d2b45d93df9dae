alter table audit add column sequence bigint;
alter table audit add column digest text;
