-- A takeover whose rows were all good and that is still being written: until it has ended no year is closed, because its balances may belong to it.
create table savings.awaited (
  import_id bigint primary key,
  since date not null
);
grant select, insert, delete on savings.awaited to payung_run;
