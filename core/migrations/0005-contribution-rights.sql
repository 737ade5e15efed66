-- Bills that were split, and who may read and write what of contributions: row security for every table with a person or a payer, and grants
-- by column.

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
grant insert on contributions.contribution, contributions.profile, contributions.membership_fact, contributions.wage_report, contributions.bill, contributions.fine,
  contributions.premium_contract, contributions.premium_part, contributions.premium_member, contributions.cover_period, contributions.paid_span, contributions.tariff_class,
  contributions.tariff_line, contributions.tariff_range, contributions.tariff_version, contributions.month_due, contributions.control_check to payung_online, payung_run;
grant insert on contributions.counter_bill to payung_online, payung_run;
grant insert on contributions.month, contributions.cover_rule, contributions.run_step, contributions.bill_split, contributions.split_member to payung_run;
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
  part text := format('contributions.contribution_%s', month);
  first bigint := first_person >> 23;
  last bigint := last_person >> 23;
begin
  if to_regclass(part) is not null then return; end if;
  execute format('create table %s partition of contributions.contribution for values in (%s) partition by range (person_id)', part, month);
  execute format('alter table %s enable row level security, force row level security', part);
  for leaf in 0 .. last - first loop
    execute format('create table %1$s_%2$s partition of %1$s for values from (%3$s) to (%4$s)', part, leaf,
      case when leaf = 0 then 'minvalue' else ((first + leaf) << 23)::text end,
      case when leaf = last - first then 'maxvalue' else ((first + leaf + 1) << 23)::text end);
    execute format('alter table %s_%s add primary key (person_id, month, ordinal, entry), enable row level security, force row level security', part, leaf);
  end loop;
end $$;
-- Nobody else writes rows of the month until the transaction ends; everybody reads.
create function contributions.hold_month(month smallint) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  execute format('lock table only contributions.contribution_%s in share row exclusive mode', month);
end $$;
-- Makes a table that the run wrote in `staging` ready to be a part of a month. It must be a bare table of the month's columns: nothing may
-- come along that would act with its next owner's rights. The key proves that no row stands twice, the constraint that all rows belong there.
-- Statistics come with it: without them the planner takes a million fresh rows for a handful.
create function contributions.adopt(fresh regclass, belongs text) returns void language plpgsql
  set search_path = pg_catalog set default_statistics_target = 10 as $$
begin
  execute format('lock table %s in access exclusive mode', fresh);
  if exists (select from pg_class c where c.oid = fresh and (c.relkind <> 'r' or c.relpersistence <> 'p' or c.relhasindex or c.relhasrules
      or c.relhastriggers or c.relrowsecurity or c.relhassubclass or c.relchecks > 0 or c.relispartition))
    or exists (select from pg_attrdef where adrelid = fresh)
    or (select array_agg((attname, atttypid) order by attnum) from pg_attribute where attrelid = fresh and attnum > 0)
      <> (select array_agg((attname, atttypid) order by attnum) from pg_attribute where attrelid = 'contributions.contribution'::regclass and attnum > 0) then
    raise exception 'the table % is not bare, or has not the columns of contributions.contribution', fresh;
  end if;
  execute format('alter table %s owner to %I', fresh, current_user);
  execute format('alter table %s add primary key (person_id, month, ordinal, entry), add constraint belongs check (%s), alter bill_id set not null, alter base set not null, alter employer set not null, alter worker set not null, alter class set not null, enable row level security, force row level security', fresh, belongs);
  execute format('analyze %s', fresh);
  execute format('alter table %s set schema contributions', fresh);
end $$;
-- Puts the table `staging.contribution_MONTH_LEAF` in the place of the leaf of that name. It must hold every row that stands there.
create function contributions.take_leaf(month smallint, leaf integer) returns void language plpgsql security definer
  set search_path = pg_catalog as $$
declare
  part text := format('contributions.contribution_%s', month);
  name text := format('contribution_%s_%s', month, leaf);
  old regclass := format('contributions.%s', name);
  bounds text := (select pg_get_expr(c.relpartbound, c.oid) from pg_class c where c.oid = old);
  belongs text := pg_get_partition_constraintdef(old);
begin
  execute format('alter table %s detach partition %s', part, old);
  execute format('drop table %s', old);
  perform contributions.adopt(format('staging.%s', name), belongs);
  execute format('alter table %s attach partition contributions.%I %s', part, name, bounds);
  execute format('alter table contributions.%I drop constraint belongs', name);
end $$;
-- Puts the table `staging.contribution_MONTH_LEAF_later` beside the first entries of that leaf: what changed a month afterwards stands in a
-- part of its own, so that what stands need not be written again. It must hold every later entry that stands there.
create function contributions.take_later(month smallint, leaf integer) returns void language plpgsql security definer
  set search_path = pg_catalog as $$
declare
  part text := format('contributions.contribution_%s', month);
  name text := format('contribution_%s_%s', month, leaf);
  old regclass := format('contributions.%s', name);
  bounds text := (select pg_get_expr(c.relpartbound, c.oid) from pg_class c where c.oid = old);
  belongs text := pg_get_partition_constraintdef(old);
begin
  if (select c.relkind = 'p' from pg_class c where c.oid = old) then
    execute format('alter table %1$s detach partition %1$s_later', old);
    execute format('drop table %s_later', old);
  else
    execute format('alter table %s detach partition %s', part, old);
    execute format('alter table %s rename to %I', old, name || '_first');
    execute format('create table contributions.%I partition of %s %s partition by range (entry)', name, part, bounds);
    execute format('alter table contributions.%I enable row level security, force row level security', name);
    execute format('alter table contributions.%1$I attach partition contributions.%1$s_first for values from (minvalue) to (1)', name);
  end if;
  perform contributions.adopt(format('staging.%s_later', name), belongs || ' and entry is not null and entry >= 1');
  execute format('alter table contributions.%1$I attach partition contributions.%1$s_later for values from (1) to (maxvalue)', name);
  execute format('alter table contributions.%s_later drop constraint belongs', name);
end $$;
revoke all on function contributions.open_month(smallint, bigint, bigint), contributions.hold_month(smallint), contributions.adopt(regclass, text), contributions.take_leaf(smallint, integer), contributions.take_later(smallint, integer) from public;
grant execute on function contributions.open_month(smallint, bigint, bigint), contributions.hold_month(smallint), contributions.take_leaf(smallint, integer), contributions.take_later(smallint, integer) to payung_run;
-- Where the run writes a leaf before it is taken.
create schema staging;
grant usage, create on schema staging to payung_run;
