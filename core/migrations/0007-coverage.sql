-- What the public reads: population, counts of cover by day, and the figures of each month. All of it can be thrown away and rebuilt.
create schema coverage;
grant usage on schema coverage to payung_online, payung_run, payung_public;

create table coverage.population (
  region_code text primary key references registry.region,
  people bigint not null,
  eligible bigint not null,
  source text not null,
  as_of date not null
);
-- One row per province, segment, payer kind, group, programme and state; each person once per programme. Programme '' counts
-- persons covered in at least one programme, by their lowest active membership; '-' counts the others, by their best state.
create table coverage.daily_count (
  day date not null,
  region_code text not null,
  segment text not null,
  payer_kind text not null,
  employer_group text not null,
  programme text not null,
  state text not null,
  members bigint not null,
  primary key (day, region_code, segment, payer_kind, employer_group, programme, state)
);
create table coverage.registered (
  day date not null,
  -- The district of residence: how many are registered there, and how many of them are covered in at least one programme.
  region_code text not null,
  persons bigint not null,
  active bigint not null,
  primary key (day, region_code)
);
-- Contributions and premiums of a month, without fines and the State's share; segment '' is the whole.
create table coverage.month_figure (
  month smallint not null,
  segment text not null,
  programme text not null,
  computed bigint not null,
  billed bigint not null,
  booked bigint not null,
  collected bigint not null,
  as_of date not null,
  primary key (month, segment, programme)
);
-- All bills of a month by their parts, so that the figures above can be reconciled with the bills, the control and the ledger.
create table coverage.month_bills (
  month smallint primary key,
  -- Rows of members, with corrections; premiums of contracts; fines by the bill they stand on; the State's share once it is billed.
  contributions bigint not null,
  premiums bigint not null,
  fines bigint not null,
  state_share bigint not null,
  billed bigint not null,
  booked bigint not null,
  collected bigint not null,
  as_of date not null
);
grant select on all tables in schema coverage to payung_online, payung_run, payung_public;
grant insert, update, delete on all tables in schema coverage to payung_run;
grant select on contributions.control_check, contributions.month, contributions.cover_rule, contributions.tariff_version to payung_public;
