-- Taking over the records of the system before: which folders were taken, the numbers by which it knew organisations, and the savings
-- that it handed over. Persons, memberships and their old numbers stand in the registry like all others.
create schema takeover;
grant usage on schema takeover to payung_online, payung_run;

-- One row for each content of a folder. `checking`: nothing has been written but staged rows. `taking`: all rows were good and the totals
-- agreed; the staged rows are being written, and go on being written until it is `done`. `refused`: nothing was taken.
create table takeover.import (
  import_id bigint generated always as identity primary key,
  digest bytea not null unique,
  folder text not null,
  state text not null check (state in ('checking', 'taking', 'done', 'refused')),
  begun timestamptz not null,
  ended timestamptz,
  counts jsonb not null default '{}'
);
-- Only one folder is taken over at a time.
create unique index import_taking on takeover.import (state) where state = 'taking';
grant select, insert on takeover.import to payung_run;
grant update (folder, state, begun, ended, counts) on takeover.import to payung_run;

create table takeover.organisation_number (
  old_number text primary key,
  organisation_id bigint not null
);
grant select, insert on takeover.organisation_number to payung_run;

-- Savings as the system before stated them on a day, with the act by which they were handed over. Never changed.
create table takeover.opening_balance (
  person_id bigint not null,
  ordinal smallint not null,
  amount bigint not null check (amount > 0),
  day date not null,
  import_id bigint not null,
  programme text not null,
  act text not null,
  primary key (person_id, ordinal, programme, import_id)
);
create trigger append_only before update or delete or truncate on takeover.opening_balance for each statement execute function platform.refuse_change();
alter table takeover.opening_balance enable row level security;
alter table takeover.opening_balance force row level security;
create policy run_all on takeover.opening_balance to payung_run using (true) with check (true);
create policy online_sees on takeover.opening_balance for select to payung_online using ((select registry.sees_all()) or person_id = (select platform.person())
  or ((select platform.office()) is not null and person_id in (select person_id from registry.person)));
grant select, insert on takeover.opening_balance to payung_run;
grant select on takeover.opening_balance to payung_online;
