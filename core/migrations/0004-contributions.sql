-- The month of a scheme: profiles of facts, the law of a month as rows, contributions, bills, premium contracts, paid spans, fines, cover rules.
-- A month is stored as its number, year * 12 + month - 1 (values/src/month.ts).
create schema contributions;
grant usage on schema contributions to payung_online, payung_run, payung_public;

create function contributions.month_number(day date) returns smallint language sql immutable parallel safe
  return (extract(year from day) * 12 + extract(month from day) - 1)::smallint;
create function contributions.first_day(month smallint) returns date language sql immutable parallel safe
  return make_date(month / 12, month % 12 + 1, 1);

-- Begun months of lateness: 0 until the due day has passed, then 1 until the same day of the next month, and so on.
create function contributions.months_late(due date, day date) returns integer language sql immutable parallel safe
  return case when day <= due then 0 else
    (extract(year from day) - extract(year from due))::integer * 12 + (extract(month from day) - extract(month from due))::integer
    + case when (due + make_interval(months => ((extract(year from day) - extract(year from due)) * 12 + extract(month from day) - extract(month from due))::integer))::date < day then 1 else 0 end end;

-- An interned combination of discrete facts: a few thousand rows, however many members there are.
create table contributions.profile (
  profile_id integer generated always as identity primary key,
  key text not null unique,
  segment text not null,
  payer_kind text not null,
  -- How its money comes: receivable or offer (by the kind of payer), or contract (by the segment).
  settlement text not null check (settlement in ('receivable', 'offer', 'contract')),
  facts jsonb not null
);
-- What the monthly run needs of a membership, dated; `base` is the current one (wage reports are the history).
create table contributions.membership_fact (
  person_id bigint not null,
  payer_id bigint not null,
  base bigint not null check (base >= 0),
  from_day date not null,
  until_day date,
  born date not null,
  -- The first day of the membership: facts are read on the first day of a month, or on this day if later.
  joined date not null,
  profile_id integer not null,
  -- The month whose report gave the base.
  base_month smallint not null,
  ordinal smallint not null,
  primary key (person_id, ordinal, from_day)
) with (fillfactor = 90);
create index membership_fact_payer on contributions.membership_fact (payer_id);

create table contributions.month (
  month smallint primary key,
  state text not null check (state in ('open', 'closed')),
  opened_on date not null,
  closed_on date
);
create table contributions.tariff_version (
  month smallint not null,
  version smallint not null,
  digest text not null,
  -- The law as published by this day.
  published_by date not null,
  fine_rate bigint not null,
  primary key (month, version)
);
create table contributions.tariff_class (
  month smallint not null,
  class smallint not null,
  version smallint not null,
  digest text not null,
  programmes text not null,
  primary key (month, class),
  unique (month, version, digest)
);
-- The lines of a class: round(min(max(nominal or base, floor), ceiling) * rate / 1,000,000) + fixed, within [band_from, band_to).
create table contributions.tariff_line (
  month smallint not null,
  class smallint not null,
  line smallint not null,
  programme text not null,
  kind text not null check (kind in ('employer', 'worker', 'state', 'split', 'deferred')),
  from_programme text not null default '',
  band_from bigint not null,
  band_to bigint,
  nominal bigint,
  floor bigint,
  ceiling bigint,
  rate bigint not null,
  fixed bigint not null,
  rounding_mode text not null,
  rounding_unit bigint not null,
  entries text[] not null,
  primary key (month, class, line)
);
create table contributions.tariff_range (
  month smallint not null,
  version smallint not null,
  profile_id integer not null,
  born_from date not null,
  born_until date not null,
  class smallint not null,
  primary key (month, version, profile_id, born_from)
);
create table contributions.month_due (
  month smallint not null,
  segment text not null,
  due date,
  primary key (month, segment)
);

-- One row per membership, month and entry; entry 0 is the first, odd ones reverse, even ones replace. 48 bytes of data in all.
-- A month is one partition, in leaves of persons; the key (person, month, ordinal, entry) stands on each leaf by itself, so that the
-- run can lay a whole leaf anew: written beside, keyed, and put in its place.
create table contributions.entry (
  person_id bigint not null,
  bill_id bigint not null,
  base bigint not null,
  employer bigint not null,
  worker bigint not null,
  month smallint not null,
  class smallint not null,
  ordinal smallint not null,
  entry smallint not null
) partition by list (month);
-- A reversal and the entry that replaces it at once, on the same bill and the same base, as late law makes them by the million: one row with
-- what was and what is, because two rows and their keys cost nearly twice as much. `entry` is the replacing one; the reversal is the one before.
-- In months and leaves like those of the entries, made when they are needed.
create table contributions.replacement (
  person_id bigint not null,
  bill_id bigint not null,
  base bigint not null,
  employer bigint not null,
  worker bigint not null,
  was_employer bigint not null,
  was_worker bigint not null,
  month smallint not null,
  class smallint not null,
  was_class smallint not null,
  ordinal smallint not null,
  entry smallint not null
) partition by list (month);
-- Every entry of every contribution, however it is kept: what everybody reads. Only what writes, and what sums a whole month, names the tables.
-- Replacements are of payers that owe, and who writes later entries of those holds the month's lock, so that no number is given in both tables.
create view contributions.contribution with (security_invoker = true) as
  select person_id, bill_id, base, employer, worker, month, class, ordinal, entry from contributions.entry
  union all select person_id, bill_id, base, was_employer, was_worker, month, was_class, ordinal, (entry - 1)::smallint from contributions.replacement
  union all select person_id, bill_id, base, employer, worker, month, class, ordinal, entry from contributions.replacement;
do $$
declare t text;
begin
  foreach t in array array['entry', 'replacement'] loop
    execute format('alter table contributions.%I enable row level security', t);
    execute format('alter table contributions.%I force row level security', t);
    execute format('create policy run_all on contributions.%I to payung_run using (true) with check (true)', t);
    execute format('create policy online_sees on contributions.%I for select to payung_online using (
      (select registry.sees_all()) or person_id in (select registry.own_persons()) or (bill_id >> 20) in (select registry.own_payers())
      or ((select platform.office()) is not null and person_id in (select person_id from registry.person)))', t);
  end loop;
end $$;
create policy online_adds on contributions.entry for insert to payung_online with check ((select platform.office()) is not null);

-- bill_id = payer_id * 2^20 + n, so that the payer's shard is known without a look-up.
-- n below 2^19 is (month - 24000) * 32 + k for monthly bills; from 2^19 on a payer's running number (contributions.next_running).
create table contributions.bill (
  payer_id bigint not null,
  bill_id bigint not null check (bill_id >> 20 = payer_id),
  month smallint not null,
  kind text not null check (kind in ('month', 'supplement', 'contract', 'state', 'fine', 'correction', 'split', 'deferred')),
  state text not null check (state in ('calculated', 'issued', 'paid')),
  employer bigint not null default 0,
  worker bigint not null default 0,
  -- State's share for bills of kind `state`.
  state_share bigint not null default 0,
  fine bigint not null default 0,
  correction bigint not null default 0,
  total bigint not null generated always as (employer + worker + state_share + fine + correction) stored,
  -- The State's share that belongs to this bill's rows; the State's own bill sums them.
  state_part bigint not null default 0,
  members integer not null default 0,
  -- Members whose base was carried over from an earlier month because nothing was reported.
  carried integer not null default 0,
  -- What the calculation saw; when the facts say something else now, it is stale.
  facts_digest text not null default '',
  made_on date not null,
  issued_on date,
  due date,
  paid_on date,
  primary key (payer_id, bill_id)
);
-- Paying changes no index: what a payer owes is found by its key.
create index bill_month on contributions.bill using brin (month) with (pages_per_range = 16);
-- Bills are made in the order of time: which months have new ones is found without reading the old.
create index bill_made on contributions.bill using brin (made_on) with (pages_per_range = 32);
create table contributions.fine (
  payer_id bigint not null,
  -- The bill that was late, and how many begun months of lateness are fined up to and including this row.
  bill_id bigint not null,
  through_months smallint not null,
  -- Below nothing: what was fined too much before the bill came to less (reduction, 0020); it changes no month that was fined.
  amount bigint not null check (amount <> 0),
  on_bill_id bigint not null,
  primary key (payer_id, bill_id, through_months, on_bill_id)
);
create index fine_on_bill on contributions.fine (payer_id, on_bill_id);
create table contributions.wage_report (
  person_id bigint not null,
  ordinal smallint not null,
  month smallint not null,
  version smallint not null,
  base bigint not null check (base >= 0),
  payer_id bigint not null,
  reported_on date not null,
  primary key (person_id, ordinal, month, version)
);
create index wage_report_payer on contributions.wage_report (payer_id, month);

-- A premium assessed once for the dates of a contract; `amounts` holds programme -> {employer, worker}.
create table contributions.premium_contract (
  payer_id bigint not null,
  contract_id bigint not null check (contract_id >> 20 = payer_id),
  segment text not null,
  month smallint not null,
  from_day date not null,
  until_day date not null check (until_day > from_day),
  name text not null,
  facts jsonb not null,
  amounts jsonb not null,
  employer bigint not null,
  worker bigint not null,
  entries text[] not null,
  primary key (payer_id, contract_id)
);
-- A contract is paid in one part or more; the first one's bill has the number of the contract. The premium of a contract is the sum of its
-- parts; a part below nothing gives back. `from_day` and `until_day` are the days that paying this part covers; null: none by itself.
create table contributions.premium_part (
  payer_id bigint not null,
  contract_id bigint not null check (contract_id >> 20 = payer_id),
  nth smallint not null,
  bill_id bigint not null check (bill_id >> 20 = payer_id),
  kind text not null check (kind in ('whole', 'step', 'instalment', 'addendum')),
  -- The month its bill and its transfers count in.
  month smallint not null,
  due date,
  from_day date,
  until_day date,
  amounts jsonb not null,
  employer bigint not null,
  worker bigint not null,
  made_on date not null,
  primary key (payer_id, contract_id, nth)
);
create unique index premium_part_bill on contributions.premium_part (payer_id, bill_id);
create table contributions.premium_member (
  person_id bigint not null,
  ordinal smallint not null,
  from_day date not null,
  until_day date not null,
  -- When somebody was reported, and the first day on which the payer answers for an event as long as nobody had reported it; null: no window.
  reported_on date,
  window_until date,
  payer_id bigint not null,
  contract_id bigint not null,
  primary key (person_id, ordinal, contract_id)
);
create index premium_member_contract on contributions.premium_member (payer_id, contract_id);

-- When cover opened: first payment, accepted entry, first instalment, agreed day. Kept as periods, not one start date.
create table contributions.cover_period (
  person_id bigint not null,
  ordinal smallint not null,
  opened_on date not null,
  opened_by text not null,
  -- The first month of the period, from which months paid count.
  from_month smallint not null,
  primary key (person_id, ordinal, opened_on)
);
-- Months paid by the payment that settled an offer: one row per membership and payment.
create table contributions.paid_span (
  person_id bigint not null,
  ordinal smallint not null,
  to_month smallint not null,
  from_month smallint not null,
  paid_on date not null,
  bill_id bigint not null,
  primary key (person_id, ordinal, to_month)
);
-- The cover rule of the pack as rows, dated.
create table contributions.cover_rule (
  from_day date not null,
  segment text not null,
  settlement text not null check (settlement in ('receivable', 'offer', 'contract')),
  programme text not null,
  -- Months that may be outstanding, and what follows then.
  grace_months smallint not null,
  beyond text not null check (beyond in ('employer pays first', 'not covered', 'covered, contribution outstanding')),
  -- Limit shown while a contribution is outstanding, and in the first months of a period; empty for none.
  arrears_limit text not null default '',
  waiting_months smallint not null default 0,
  waiting_limit text not null default '',
  act text not null,
  article text not null,
  status text not null,
  entries text[] not null,
  primary key (from_day, segment, settlement, programme)
);
