-- What an addendum changed of a premium contract: the terms as they are from then on (PP 44/2015 art 53–55, Perdir 22/2022; Permenaker 4/2023
-- art 18). The contract itself stays as it was first registered; what it costs more or less is a part of its premium.
create table contributions.addendum (
  payer_id bigint not null,
  contract_id bigint not null check (contract_id >> 20 = payer_id),
  nth smallint not null,
  from_day date not null,
  until_day date not null check (until_day > from_day),
  facts jsonb not null,
  -- The difference to what was owed before; below nothing where it gives back.
  employer bigint not null,
  worker bigint not null,
  reason text not null,
  entries text[] not null,
  made_on date not null,
  primary key (payer_id, contract_id, nth)
);
alter table contributions.addendum enable row level security;
alter table contributions.addendum force row level security;
create policy run_all on contributions.addendum to payung_run using (true) with check (true);
create policy online_sees on contributions.addendum for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()));
create trigger append_only before update or delete or truncate on contributions.addendum for each statement execute function platform.refuse_change();
grant select on contributions.addendum to payung_online, payung_run;
grant insert on contributions.addendum to payung_run;
