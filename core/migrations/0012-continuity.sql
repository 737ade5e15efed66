-- What happens to a membership between its first day and its last: endings and what takes them back, and claims that were noted.

-- Each deed about a membership that exists, in the order it was told: an ending, one taken back, a move to another segment, a death.
create table registry.membership_deed (
  person_id bigint not null,
  ordinal smallint not null,
  deed_id bigint generated always as identity,
  deed text not null check (deed in ('ended', 'taken-back', 'moved', 'died')),
  -- The first day outside the membership that the deed is about.
  day date not null,
  reason text not null,
  told_on date not null,
  actor bigint not null,
  primary key (person_id, ordinal, deed_id)
);
create trigger membership_deed_append_only before update or delete or truncate on registry.membership_deed for each statement execute function platform.refuse_change();

-- What was paid out to a member or his heirs. Whose savings were paid out before the end of working life: a membership that lapses then is
-- inactive, and not ended. Who pays for himself is given back the months after a claim, whatever it was of (Perdir 22/2022).
create table contributions.noted_claim (
  person_id bigint not null,
  programme text not null,
  claimed_on date not null,
  evidence text not null,
  told_on date not null,
  actor bigint not null,
  primary key (person_id, programme, claimed_on)
);
create trigger noted_claim_append_only before update or delete or truncate on contributions.noted_claim for each statement execute function platform.refuse_change();

do $$
declare t text;
begin
  foreach t in array array['registry.membership_deed', 'contributions.noted_claim'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy run_all on %s to payung_run using (true) with check (true)', t);
    execute format('create policy online_adds on %s for insert to payung_online with check ((select platform.office()) is not null)', t);
    execute format('grant select, insert on %s to payung_online, payung_run', t);
  end loop;
end $$;
create policy online_sees on registry.membership_deed for select to payung_online using (
  (select registry.sees_all()) or person_id in (select registry.own_persons())
  or (person_id, ordinal) in (select o.person_id, o.ordinal from registry.own_memberships() o)
  or ((select platform.office()) is not null and person_id in (select person_id from registry.person)));
-- What somebody has saved and claimed is nothing that an employer is told.
create policy online_sees on contributions.noted_claim for select to payung_online using (
  (select registry.sees_all()) or person_id in (select registry.own_persons())
  or ((select platform.office()) is not null and person_id in (select person_id from registry.person)));

-- Reinstatement: a lapse caused by late money of who pays for others is undone, so that a payment continues the old period.
-- A case is of one payer and of the months from the first unpaid one through the running one; its levels are the pack's on the day it was opened.
create table contributions.reinstatement (
  payer_id bigint not null,
  case_id bigint generated always as identity unique,
  from_month smallint not null,
  through_month smallint not null check (through_month > from_month),
  -- Consecutive unpaid months that do not end cover; what is paid so late that it would leave the lapse is not reinstated.
  grace_months smallint not null,
  levels text[] not null,
  reason text not null,
  evidence text[] not null check (cardinality(evidence) > 0),
  opened_on date not null,
  actor bigint not null,
  primary key (payer_id, case_id)
);
create table contributions.reinstatement_member (
  person_id bigint not null,
  ordinal smallint not null,
  payer_id bigint not null,
  case_id bigint not null,
  primary key (person_id, ordinal, case_id)
);
create index reinstatement_member_case on contributions.reinstatement_member (payer_id, case_id);
-- One row for each level that has spoken, in their order from 1. A refusal or a withdrawal ends the case.
create table contributions.reinstatement_verdict (
  payer_id bigint not null,
  case_id bigint not null,
  level smallint not null check (level > 0),
  verdict text not null check (verdict in ('approved', 'refused', 'withdrawn')),
  reason text not null,
  decided_on date not null,
  actor bigint not null,
  primary key (payer_id, case_id, level)
);
-- The state of cases is what their verdicts say: open, approved, refused or withdrawn, since a day.
create view contributions.reinstatement_state with (security_invoker = true) as
  select r.payer_id, r.case_id,
    case when v.ended is not null then v.ended when coalesce(v.approvals, 0) = cardinality(r.levels) then 'approved' else 'open' end as state,
    v.last_on as decided_on, coalesce(v.approvals, 0)::integer as approvals
  from contributions.reinstatement r
  left join lateral (
    select max(v.verdict) filter (where v.verdict <> 'approved') as ended, count(*) filter (where v.verdict = 'approved') as approvals, max(v.decided_on) as last_on
    from contributions.reinstatement_verdict v where v.payer_id = r.payer_id and v.case_id = r.case_id
  ) v on true;

-- Who was told, after how many unpaid months, that cover of the people he pays for will end. A letter is made from the row.
create table contributions.late_warning (
  payer_id bigint not null,
  -- The last month paid for these members, and how many months after it were due and unpaid.
  paid_month smallint not null,
  unpaid smallint not null check (unpaid > 0),
  members integer not null,
  -- What the first of the unpaid months costs, by the law of that month.
  amount bigint not null,
  covered_until date not null,
  told_on date not null,
  primary key (payer_id, paid_month, unpaid)
);

do $$
declare t text;
begin
  foreach t in array array['reinstatement', 'reinstatement_member', 'reinstatement_verdict', 'late_warning'] loop
    execute format('create trigger %I before update or delete or truncate on contributions.%I for each statement execute function platform.refuse_change()', t || '_append_only', t);
    execute format('alter table contributions.%I enable row level security', t);
    execute format('alter table contributions.%I force row level security', t);
    execute format('create policy run_all on contributions.%I to payung_run using (true) with check (true)', t);
    execute format('grant select on contributions.%I to payung_online', t);
    execute format('grant select, insert on contributions.%I to payung_run', t);
  end loop;
  foreach t in array array['reinstatement', 'reinstatement_verdict', 'late_warning'] loop
    execute format('create policy online_sees on contributions.%I for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()))', t);
  end loop;
end $$;
create policy online_sees on contributions.reinstatement_member for select to payung_online using (
  (select registry.sees_all()) or person_id in (select registry.own_persons()) or payer_id in (select registry.own_payers())
  or ((select platform.office()) is not null and person_id in (select person_id from registry.person)));
grant select on contributions.reinstatement_state to payung_online, payung_run;

-- One person under several numbers. A proposal names two persons who may be one; it is answered by a merge or dismissed with a reason.
create table registry.duplicate (
  person_id bigint not null,
  other_id bigint not null check (other_id > person_id),
  -- Why they may be one: 'name-and-birth', 'near-number'.
  reasons text[] not null,
  found_on date not null,
  dismissed_on date,
  dismissed_why text,
  primary key (person_id, other_id)
);
-- A merge with what it moved, so that it can be undone; nothing else moves.
create table registry.merge (
  merge_id bigint generated always as identity primary key,
  -- Who stays, and the person whose numbers lead to him now (null: an old number that nobody bore).
  person_id bigint not null,
  merged_id bigint,
  numbers text[] not null,
  hashes bytea[] not null,
  reason text not null,
  -- How the person agreed.
  consent text not null,
  merged_on date not null,
  actor bigint not null
);
create index merge_person on registry.merge (person_id);
create table registry.unmerge (
  merge_id bigint primary key references registry.merge,
  person_id bigint not null,
  reason text not null,
  on_day date not null,
  actor bigint not null
);
create trigger merge_append_only before update or delete or truncate on registry.merge for each statement execute function platform.refuse_change();
create trigger unmerge_append_only before update or delete or truncate on registry.unmerge for each statement execute function platform.refuse_change();
create index person_born on registry.person (born);
do $$
declare t text;
begin
  foreach t in array array['duplicate', 'merge', 'unmerge'] loop
    execute format('alter table registry.%I enable row level security', t);
    execute format('alter table registry.%I force row level security', t);
    execute format('create policy run_all on registry.%I to payung_run using (true) with check (true)', t);
    execute format('create policy online_sees on registry.%I for select to payung_online using ((select registry.sees_all()) or person_id in (select registry.own_persons())
      or ((select platform.office()) is not null and person_id in (select person_id from registry.person)))', t);
    execute format('grant select on registry.%I to payung_online', t);
    execute format('grant select, insert on registry.%I to payung_run', t);
  end loop;
end $$;
grant update (dismissed_on, dismissed_why) on registry.duplicate to payung_run;
-- Undoing the merge of a number that nobody bore takes the number away.
grant delete on registry.member_directory to payung_run;
