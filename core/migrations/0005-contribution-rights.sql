-- Who may read and write what of contributions: row security for every table with a person or a payer, and grants by column.
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
alter table contributions.premium_member enable row level security;
alter table contributions.premium_member force row level security;
alter table contributions.cover_period enable row level security;
alter table contributions.cover_period force row level security;
alter table contributions.paid_span enable row level security;
alter table contributions.paid_span force row level security;
do $$
declare t text;
begin
  foreach t in array array['membership_fact', 'wage_report', 'premium_member', 'cover_period', 'paid_span'] loop
    execute format('create policy run_all on contributions.%I to payung_run using (true) with check (true)', t);
    execute format('create policy online_sees on contributions.%I for select to payung_online using ((select registry.sees_all()) or person_id = (select platform.person())
      or (person_id, ordinal) in (select o.person_id, o.ordinal from registry.own_memberships() o) or ((select platform.office()) is not null and person_id in (select person_id from registry.person)))', t);
    execute format('create policy online_adds on contributions.%I for insert to payung_online with check ((select platform.office()) is not null)', t);
  end loop;
  foreach t in array array['bill', 'fine', 'premium_contract'] loop
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
  contributions.premium_contract, contributions.premium_member, contributions.cover_period, contributions.paid_span, contributions.tariff_class,
  contributions.tariff_line, contributions.tariff_range, contributions.tariff_version, contributions.month_due, contributions.control_check to payung_online, payung_run;
grant insert on contributions.month, contributions.cover_rule, contributions.run_step to payung_run;
grant update (state, closed_on) on contributions.month to payung_run;
grant update (payer_id, profile_id, base, base_month, until_day) on contributions.membership_fact to payung_online, payung_run;
grant update (state, employer, worker, fine, correction, members, carried, facts_digest, state_part, made_on, issued_on, due, paid_on) on contributions.bill to payung_online, payung_run;
-- A calculation that was not issued may be made anew.
grant delete on contributions.bill to payung_run;
