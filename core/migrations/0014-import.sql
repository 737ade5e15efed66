-- Taking over the records of the system before: which folders were taken, and the numbers by which it knew organisations. Persons,
-- memberships and old numbers stand in the registry like all others, savings handed over in the entries of savings.
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
