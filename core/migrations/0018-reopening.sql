-- Closed employers that are opened again, to give a place to what was left or to put their last month right (staff handbook, page 39).
-- An employer is closed while its last closing has no re-opening; closing and re-opening follow each other, each on a paper of its own.
create table registry.reopening (
  payer_id bigint not null,
  nth smallint not null,
  ground text not null check (ground <> ''),
  evidence text not null check (evidence <> ''),
  reopened_on date not null,
  primary key (payer_id, nth),
  foreign key (payer_id, nth) references registry.closing
);
create trigger append_only before update or delete or truncate on registry.reopening for each statement execute function platform.refuse_change();
alter table registry.reopening enable row level security;
alter table registry.reopening force row level security;
create policy run_all on registry.reopening to payung_run using (true) with check (true);
create policy online_sees on registry.reopening for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()));
create policy online_adds on registry.reopening for insert to payung_online with check ((select platform.office()) is not null);
grant select, insert on registry.reopening to payung_online, payung_run;
