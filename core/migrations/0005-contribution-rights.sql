-- Bills that were split, the steps of a run and its controls, and who may read and write what of contributions: row security for every table
-- with a person or a payer, and grants by column.

-- Set steps of a month that are done, so that a run that was killed goes on where it stopped.
create table contributions.run_step (
  month smallint not null,
  step text not null,
  chunk bigint not null,
  rows bigint not null,
  amount bigint not null,
  done_at timestamptz not null,
  primary key (month, step, chunk)
);
create table contributions.control_check (
  check_id bigint generated always as identity primary key,
  at timestamptz not null,
  step text not null,
  month smallint,
  contributions bigint not null,
  premiums bigint not null,
  fines bigint not null,
  state_share bigint not null,
  billed bigint not null,
  booked bigint not null,
  bank bigint not null,
  statement bigint not null,
  difference bigint not null
);

-- What a bill does not ask any more: a bill below nothing that names the bill it counters, and is paid when that one is. What is owed on a bill
-- is its total less what counters it.
create table contributions.counter_bill (
  payer_id bigint not null,
  bill_id bigint not null,
  counter_id bigint not null,
  kind text not null check (kind in ('split', 'fine-waiver', 'write-off')),
  amount bigint not null check (amount >= 0),
  made_on date not null,
  primary key (payer_id, bill_id, counter_id)
);
-- A bill of which some workers were taken to a bill of their own, and who of them went: bill - counter + split = bill.
create table contributions.bill_split (
  payer_id bigint not null,
  split_bill_id bigint not null,
  bill_id bigint not null,
  counter_id bigint not null,
  amount bigint not null,
  members integer not null check (members > 0),
  -- When the contributions were first asked for, and how many begun months of lateness were fined before they went.
  first_issued_on date not null,
  fined_months smallint not null,
  reason text not null check (reason <> ''),
  split_by bigint not null,
  split_on date not null,
  primary key (payer_id, split_bill_id)
);
create index bill_split_bill on contributions.bill_split (payer_id, bill_id);
create table contributions.split_member (
  person_id bigint not null,
  ordinal smallint not null,
  payer_id bigint not null,
  -- Which bill carried the membership's month until that day, and which one does from it.
  bill_id bigint not null,
  split_bill_id bigint not null,
  split_on date not null,
  primary key (person_id, ordinal, payer_id, bill_id)
);
create index split_member_bill on contributions.split_member (payer_id, split_bill_id);

alter table contributions.membership_fact enable row level security;
alter table contributions.membership_fact force row level security;
alter table contributions.wage_report enable row level security;
alter table contributions.wage_report force row level security;
alter table contributions.bill enable row level security;
alter table contributions.bill force row level security;
alter table contributions.fine enable row level security;
alter table contributions.fine force row level security;
alter table contributions.premium_contract enable row level security;
alter table contributions.premium_contract force row level security;
alter table contributions.premium_part enable row level security;
alter table contributions.premium_part force row level security;
alter table contributions.premium_member enable row level security;
alter table contributions.premium_member force row level security;
alter table contributions.cover_period enable row level security;
alter table contributions.cover_period force row level security;
alter table contributions.paid_span enable row level security;
alter table contributions.paid_span force row level security;
alter table contributions.counter_bill enable row level security;
alter table contributions.counter_bill force row level security;
alter table contributions.bill_split enable row level security;
alter table contributions.bill_split force row level security;
alter table contributions.split_member enable row level security;
alter table contributions.split_member force row level security;
do $$
declare t text;
begin
  foreach t in array array['membership_fact', 'wage_report', 'premium_member', 'cover_period', 'paid_span', 'split_member'] loop
    execute format('create policy run_all on contributions.%I to payung_run using (true) with check (true)', t);
    execute format('create policy online_sees on contributions.%I for select to payung_online using ((select registry.sees_all()) or person_id in (select registry.own_persons())
      or (person_id, ordinal) in (select o.person_id, o.ordinal from registry.own_memberships() o) or ((select platform.office()) is not null and person_id in (select person_id from registry.person)))', t);
    execute format('create policy online_adds on contributions.%I for insert to payung_online with check ((select platform.office()) is not null)', t);
  end loop;
  foreach t in array array['bill', 'fine', 'premium_contract', 'premium_part', 'counter_bill', 'bill_split'] loop
    execute format('create policy run_all on contributions.%I to payung_run using (true) with check (true)', t);
    execute format('create policy online_sees on contributions.%I for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()))', t);
    execute format('create policy online_adds on contributions.%I for insert to payung_online with check ((select platform.office()) is not null)', t);
  end loop;
end $$;
-- Only staff change rows, and only of the two tables that online work changes.
create policy online_changes on contributions.membership_fact for update to payung_online using ((select platform.office()) is not null);
create policy online_changes on contributions.bill for update to payung_online using ((select platform.office()) is not null);

grant select on all tables in schema contributions to payung_online, payung_run;
grant insert on contributions.entry, contributions.profile, contributions.membership_fact, contributions.wage_report, contributions.bill, contributions.fine,
  contributions.premium_contract, contributions.premium_part, contributions.premium_member, contributions.cover_period, contributions.paid_span, contributions.tariff_class,
  contributions.tariff_line, contributions.tariff_range, contributions.tariff_version, contributions.month_due, contributions.control_check to payung_online, payung_run;
grant insert on contributions.counter_bill to payung_online, payung_run;
grant insert on contributions.replacement, contributions.month, contributions.cover_rule, contributions.run_step, contributions.bill_split, contributions.split_member to payung_run;
grant update (state, closed_on) on contributions.month to payung_run;
grant update (payer_id, profile_id, base, base_month, until_day) on contributions.membership_fact to payung_online, payung_run;
grant update (state, employer, worker, fine, correction, members, carried, facts_digest, state_part, made_on, issued_on, due, paid_on) on contributions.bill to payung_online, payung_run;
-- The days of a contract move when its terms change.
grant update (from_day, until_day) on contributions.premium_part, contributions.premium_member to payung_run;
-- A calculation that was not issued may be made anew.
grant delete on contributions.bill to payung_run;

-- Only the run makes partitions, and only through these doors. A leaf holds 2^23 (about eight million) numbers of persons; the first and the
-- last have no end.
create function contributions.open_month(month smallint, first_person bigint, last_person bigint) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  part text := format('contributions.entry_%s', month);
  first bigint := first_person >> 23;
  last bigint := last_person >> 23;
begin
  if to_regclass(part) is not null then return; end if;
  execute format('create table %s partition of contributions.entry for values in (%s) partition by range (person_id)', part, month);
  execute format('alter table %s enable row level security, force row level security', part);
  for leaf in 0 .. last - first loop
    execute format('create table %1$s_%2$s partition of %1$s for values from (%3$s) to (%4$s)', part, leaf,
      case when leaf = 0 then 'minvalue' else ((first + leaf) << 23)::text end,
      case when leaf = last - first then 'maxvalue' else ((first + leaf + 1) << 23)::text end);
    execute format('alter table %s_%s add primary key (person_id, month, ordinal, entry), enable row level security, force row level security', part, leaf);
  end loop;
end $$;
-- Makes the place where a month keeps replacements. Most months never need one, and every partition more costs each question about all months
-- of a member. Attached and not made in place, so that readers of other months need not wait.
create function contributions.place_replacements(month smallint) returns void language plpgsql set search_path = pg_catalog as $$
declare
  part text := format('contributions.replacement_%s', month);
begin
  if to_regclass(part) is not null then return; end if;
  execute format('create table %s (like contributions.replacement) partition by range (person_id)', part);
  execute format('alter table %s enable row level security, force row level security', part);
  execute format('alter table contributions.replacement attach partition %s for values in (%s)', part, month);
end $$;
-- Makes the leaves of replacements that a month has not yet; attached too, so that readers go on.
create function contributions.open_replacements(month smallint) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  leaf record;
begin
  perform contributions.place_replacements(month);
  for leaf in select replace(c.relname, 'entry', 'replacement') as name, pg_get_expr(c.relpartbound, c.oid) as bounds
    from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = format('contributions.entry_%s', month)::regclass loop
    continue when to_regclass(format('contributions.%I', leaf.name)) is not null;
    execute format('create table contributions.%I (like contributions.replacement)', leaf.name);
    execute format('alter table contributions.%I add primary key (person_id, month, ordinal, entry), enable row level security, force row level security', leaf.name);
    execute format('alter table contributions.replacement_%s attach partition contributions.%I %s', month, leaf.name, leaf.bounds);
  end loop;
end $$;
-- Nobody else writes rows of the month until the transaction ends; everybody reads. Replacements are written by one reassessment at a time.
create function contributions.hold_month(month smallint) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  execute format('lock table only contributions.entry_%s in share row exclusive mode', month);
end $$;
-- Makes a table that the run wrote in `staging` ready to be a part of a month. It must be a bare table of its columns: nothing may
-- come along that would act with its next owner's rights. The key proves that no row stands twice, the constraint that all rows belong there.
-- Statistics come with it: without them the planner takes a million fresh rows for a handful.
create function contributions.adopt(fresh regclass, whole regclass, belongs text) returns void language plpgsql
  set search_path = pg_catalog set default_statistics_target = 10 as $$
begin
  execute format('lock table %s in access exclusive mode', fresh);
  if exists (select from pg_class c where c.oid = fresh and (c.relkind <> 'r' or c.relpersistence <> 'p' or c.relhasindex or c.relhasrules
      or c.relhastriggers or c.relrowsecurity or c.relhassubclass or c.relchecks > 0 or c.relispartition))
    or exists (select from pg_attrdef where adrelid = fresh)
    or (select array_agg((attname, atttypid) order by attnum) from pg_attribute where attrelid = fresh and attnum > 0)
      <> (select array_agg((attname, atttypid) order by attnum) from pg_attribute where attrelid = whole and attnum > 0) then
    raise exception 'the table % is not bare, or has not the columns of %', fresh, whole;
  end if;
  execute format('alter table %s owner to %I', fresh, current_user);
  execute format('alter table %s add primary key (person_id, month, ordinal, entry), add constraint belongs check (%s), %s, enable row level security, force row level security',
    fresh, belongs, (select string_agg(format('alter %I set not null', attname), ', ') from pg_attribute where attrelid = whole and attnum > 0 and attnotnull));
  execute format('analyze %s', fresh);
  execute format('alter table %s set schema contributions', fresh);
end $$;
-- Puts the table `staging.entry_MONTH_LEAF` (or `staging.replacement_MONTH_LEAF`) in the place of the leaf of that name. It must hold every row
-- that stands there.
create function contributions.take_leaf(kept text, month smallint, leaf integer) returns void language plpgsql security definer
  set search_path = pg_catalog as $$
declare
  whole regclass := format('contributions.%I', kept);
  part text := format('contributions.%I', kept || '_' || month);
  name text := format('%s_%s_%s', kept, month, leaf);
  old regclass := to_regclass(format('contributions.%I', name));
  like_it regclass := format('contributions.entry_%s_%s', month, leaf);
  bounds text := (select pg_get_expr(c.relpartbound, c.oid) from pg_class c where c.oid = like_it);
  belongs text := pg_get_partition_constraintdef(like_it) || case kept when 'replacement' then ' and entry >= 2 and entry % 2 = 0' else '' end;
begin
  if kept not in ('entry', 'replacement') then raise exception 'no leaf is kept as %', kept; end if;
  if kept = 'replacement' then perform contributions.place_replacements(month); end if;
  if old is not null then
    execute format('alter table %s detach partition %s', part, old);
    execute format('drop table %s', old);
  end if;
  perform contributions.adopt(format('staging.%I', name), whole, belongs);
  execute format('alter table %s attach partition contributions.%I %s', part, name, bounds);
  execute format('alter table contributions.%I drop constraint belongs', name);
end $$;
revoke all on function contributions.open_month(smallint, bigint, bigint), contributions.place_replacements(smallint), contributions.open_replacements(smallint), contributions.hold_month(smallint),
  contributions.adopt(regclass, regclass, text), contributions.take_leaf(text, smallint, integer) from public;
grant execute on function contributions.open_month(smallint, bigint, bigint), contributions.open_replacements(smallint), contributions.hold_month(smallint),
  contributions.take_leaf(text, smallint, integer) to payung_run;
-- Where the run writes a leaf before it is taken.
create schema staging;
grant usage, create on schema staging to payung_run;
