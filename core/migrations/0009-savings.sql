-- Savings: accounts of members whose money earns. Contributions are read where they stand, through the tariff of their month; here stand
-- what is not a contribution, the rates, the years that are closed and the statements. Nothing is ever changed.
create schema savings;
grant usage on schema savings to payung_online, payung_run;

-- Crediting a month to everybody is one row: a yearly rate in millionths, of which the month earns a twelfth. A later version replaces an earlier one.
create table savings.rate (
  programme text not null,
  month smallint not null,
  version smallint not null,
  kind text not null check (kind in ('provisional', 'declared')),
  rate bigint not null check (rate between 0 and 1000000),
  declared_on date not null,
  act text not null,
  article text not null,
  link text not null,
  status text not null check (status in ('verified', 'one-source', 'unverified')),
  primary key (programme, month, version)
);
-- What is not a contribution: opening balances, withdrawals (below zero), corrections, differences of a rate. Its value is amount / 3^thirds;
-- only differences have thirds, because a twelfth of a rate has no end in decimals.
create table savings.entry (
  person_id bigint not null,
  entry_id bigint generated always as identity,
  amount numeric not null check (amount <> 0),
  -- The part that earns in the year of its booking.
  bearing numeric not null,
  day date not null,
  month smallint not null,
  thirds smallint not null default 0,
  -- For differences: the first year whose rates were declared late.
  of_year smallint,
  programme text not null,
  kind text not null check (kind in ('opening', 'withdrawal', 'correction', 'difference')),
  reference text not null,
  act text not null default '',
  primary key (person_id, entry_id),
  check (kind = 'difference' or (thirds = 0 and amount = trunc(amount) and bearing = trunc(bearing)))
);
-- The same act told twice is booked once.
create unique index entry_reference on savings.entry (person_id, programme, kind, reference);
create index entry_month on savings.entry using brin (month) with (pages_per_range = 16);
-- When the money of a bill is booked, where that is not its paid day: from its first row on a bill is booked as its rows say. Money that bears
-- a day of a closed year is booked in the first open month; what a closed year holds stays there and is taken back in the month in which
-- the money went; and a bill that takes rows off another waits (0) until that one is paid.
create table savings.bill_booking (
  payer_id bigint not null,
  booking_id bigint generated always as identity,
  bill_id bigint not null,
  times smallint not null check (times between -1 and 1),
  day date not null,
  month smallint not null,
  noted_on date not null,
  primary key (payer_id, booking_id)
);
create index bill_booking_bill on savings.bill_booking (payer_id, bill_id);
-- A year whose close has begun. From then on money for it is booked in the year after, so that the close itself stops no payment.
create table savings.closing (
  programme text not null,
  year smallint not null,
  begun_on date not null,
  primary key (programme, year)
);
-- A closed year: the balances of its statements stand over 3^thirds, and everything else that a member needs to compute his own again.
create table savings.year (
  programme text not null,
  year smallint not null,
  thirds smallint not null,
  -- The twelve yearly rates in millionths that the year was closed with, and which of them were provisional; null: no rate was needed.
  rates bigint[] not null check (array_length(rates, 1) = 12),
  kinds text[] not null check (array_length(kinds, 1) = 12),
  accounts bigint not null,
  parts numeric not null,
  contributed numeric not null,
  entered numeric not null,
  closed_on date not null,
  primary key (programme, year)
);
-- Rates that a closed year turned out to have: the difference stands on each account as one entry of the next open month.
create table savings.restatement (
  programme text not null,
  year smallint not null,
  turn smallint not null,
  rates bigint[] not null check (array_length(rates, 1) = 12),
  settled_on date not null,
  primary key (programme, year, turn)
);
-- The return moved to the members' liability for a month, and at a year's close what was still missing: whole, the rest is carried.
create table savings.credit (
  programme text not null,
  month smallint not null,
  step text not null check (step in ('month', 'year')),
  moved bigint not null,
  day date not null,
  primary key (programme, month, step)
);
-- One row for each account and closed year; its balance is parts / 3^thirds, never rounded. A year is one partition and each programme
-- a leaf of it, with the key (person) on the leaf by itself: it is written first, keyed after, and then put in its place.
create table savings.statement (
  person_id bigint not null,
  contributed bigint not null,
  -- Opening balances, withdrawals and corrections of the year.
  entered bigint not null,
  parts numeric not null,
  year smallint not null,
  programme text not null
) partition by list (year);
create table savings.control_check (
  check_id bigint generated always as identity primary key,
  at timestamptz not null,
  step text not null,
  programme text not null,
  year smallint not null,
  balances bigint not null,
  outstanding bigint not null,
  liability bigint not null,
  difference bigint not null
);

-- Puts the table `staging.statement_YEAR`, which the run wrote, in its place as the statements of a year and a programme: through this door
-- only. A table made in its own transaction is written without a log of every row. It must be a bare table of the same columns: nothing may come
-- along that would act with its next owner's rights. The key proves that nobody has two; year and programme are the leaf's own.
create function savings.take_statements(year smallint, programme text) returns void language plpgsql security definer
  set search_path = pg_catalog set default_statistics_target = 10 as $$
declare
  fresh regclass := format('staging.statement_%s', year);
  part text := format('savings.statement_%s', year);
  name text := format('statement_%s_%s', year, programme);
begin
  execute format('lock table %s in access exclusive mode', fresh);
  if exists (select from pg_class c where c.oid = fresh and (c.relkind <> 'r' or c.relpersistence <> 'p' or c.relhasindex or c.relhasrules
      or c.relhastriggers or c.relrowsecurity or c.relhassubclass or c.relchecks > 0 or c.relispartition))
    or exists (select from pg_attrdef where adrelid = fresh)
    or (select array_agg((attname, atttypid) order by attnum) from pg_attribute where attrelid = fresh and attnum > 0)
      <> (select array_agg((attname, atttypid) order by attnum) from pg_attribute where attrelid = 'savings.statement'::regclass and attnum > 0) then
    raise exception 'the table % does not hold bare statements', fresh;
  end if;
  if to_regclass(part) is null then
    execute format('create table %s partition of savings.statement for values in (%s) partition by list (programme)', part, year);
    execute format('alter table %s enable row level security, force row level security', part);
    execute format('create trigger append_only before update or delete or truncate on %s for each statement execute function platform.refuse_change()', part);
  end if;
  execute format('alter table %s owner to %I', fresh, current_user);
  execute format('alter table %s add primary key (person_id), add constraint within check (year is not null and year = %s and programme is not null and programme = %L), alter contributed set not null, alter entered set not null, alter parts set not null, alter year set not null, alter programme set not null, enable row level security, force row level security', fresh, year, programme);
  execute format('analyze %s (person_id, parts)', fresh);
  execute format('alter table %s rename to %I', fresh, name);
  execute format('alter table staging.%I set schema savings', name);
  execute format('alter table %s attach partition savings.%I for values in (%L)', part, name, programme);
  execute format('alter table savings.%I drop constraint within', name);
  execute format('create trigger append_only before update or delete or truncate on savings.%I for each statement execute function platform.refuse_change()', name);
end $$;
revoke all on function savings.take_statements(smallint, text) from public;
grant execute on function savings.take_statements(smallint, text) to payung_run;

do $$
declare t text;
begin
  foreach t in array array['rate', 'entry', 'bill_booking', 'closing', 'year', 'restatement', 'credit', 'statement', 'control_check'] loop
    execute format('create trigger append_only before update or delete or truncate on savings.%I for each statement execute function platform.refuse_change()', t);
  end loop;
end $$;

-- A member reads his own, an office the members whom it serves. An employer has no look at his workers' savings.
alter table savings.entry enable row level security;
alter table savings.entry force row level security;
alter table savings.statement enable row level security;
alter table savings.statement force row level security;
alter table savings.bill_booking enable row level security;
alter table savings.bill_booking force row level security;
do $$
declare t text;
begin
  foreach t in array array['entry', 'statement'] loop
    execute format('create policy run_all on savings.%I to payung_run using (true) with check (true)', t);
    execute format('create policy online_sees on savings.%I for select to payung_online using ((select registry.sees_all()) or person_id in (select registry.own_persons())
      or ((select platform.office()) is not null and person_id in (select person_id from registry.person)))', t);
  end loop;
end $$;
create policy online_adds on savings.entry for insert to payung_online with check ((select platform.office()) is not null and person_id in (select person_id from registry.person));
create policy run_all on savings.bill_booking to payung_run using (true) with check (true);
-- A payment books its bills; whoever may see a bill may know when it was booked.
create policy online_sees on savings.bill_booking for select to payung_online using ((select platform.office()) is not null or (payer_id, bill_id) in (select b.payer_id, b.bill_id from contributions.bill b));
create policy online_adds on savings.bill_booking for insert to payung_online with check ((select platform.office()) is not null or payer_id in (select registry.own_payers()));

grant select on all tables in schema savings to payung_online, payung_run;
grant insert on savings.rate, savings.entry, savings.bill_booking, savings.closing, savings.year, savings.restatement, savings.credit, savings.control_check to payung_run;
grant insert on savings.entry, savings.bill_booking to payung_online;
