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
-- One row per province, segment, payer kind, group and programme; programme '' counts persons with any programme.
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
  region_code text not null,
  persons bigint not null,
  primary key (day, region_code)
);
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
grant select on all tables in schema coverage to payung_online, payung_run, payung_public;
grant insert, update, delete on all tables in schema coverage to payung_run;
grant select on contributions.control_check, contributions.month to payung_public;
