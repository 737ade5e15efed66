-- What changes after a bill was issued: corrections of a month, and a month assessed anew after late law.
-- Nothing issued is edited: they write reversing and replacing contributions (entries 1, 2, 3 …) on a bill of its own.

-- A correction of one payer's month. A shortage is a bill that is paid first: until then the contributions that stood hold.
create table contributions.correction (
  correction_id bigint generated always as identity primary key,
  payer_id bigint not null,
  month smallint not null,
  kind text not null check (kind in ('wage', 'deactivation', 'swap', 'member')),
  state text not null check (state in ('proposed', 'approved', 'done', 'refused', 'withdrawn')),
  reason text not null check (reason <> ''),
  -- The paper it rests on: SHA-256 of the file, and what it is.
  evidence_digest text not null check (evidence_digest ~ '^[0-9a-f]{64}$'),
  evidence text not null check (evidence <> ''),
  proposed_by bigint not null,
  proposed_on date not null,
  -- Who approved, refused or withdrew it, by which rule, and why.
  decided_by bigint check (decided_by <> proposed_by or state = 'withdrawn'),
  decided_on date,
  decided_why text,
  level text check (level in ('officer', 'branch', 'regional', 'head')),
  bill_id bigint check (bill_id >> 20 = payer_id),
  done_on date
);
create index correction_payer on contributions.correction (payer_id);
create index correction_bill on contributions.correction (bill_id) where state = 'approved';
create table contributions.correction_row (
  correction_id bigint not null references contributions.correction,
  payer_id bigint not null,
  person_id bigint not null,
  ordinal smallint not null,
  -- The entry that stood when it was proposed; null: nothing stood.
  replaces smallint,
  -- What is to stand; null: nothing.
  base bigint check (base >= 0),
  primary key (correction_id, person_id, ordinal),
  check (replaces is not null or base is not null)
);

-- A month that is assessed anew by the law known now. One at a time: its version of the tariff names it.
create table contributions.reassessment (
  month smallint not null,
  version smallint not null,
  state text not null check (state in ('running', 'done')),
  started_on date not null,
  done_on date,
  -- The report: memberships and payers whose amounts differ, what came as credit and what is owed on supplementary bills.
  memberships bigint not null default 0,
  payers bigint not null default 0,
  credits bigint not null default 0,
  supplements bigint not null default 0,
  primary key (month, version)
);
create unique index reassessment_running on contributions.reassessment (month) where state = 'running';

do $$
declare t text;
begin
  foreach t in array array['correction', 'correction_row'] loop
    execute format('alter table contributions.%I enable row level security', t);
    execute format('alter table contributions.%I force row level security', t);
    execute format('create policy run_all on contributions.%I to payung_run using (true) with check (true)', t);
  end loop;
end $$;
create policy online_sees on contributions.correction for select to payung_online using ((select platform.office()) is not null or payer_id in (select registry.own_payers()));
create policy online_sees on contributions.correction_row for select to payung_online using ((select registry.sees_all()) or person_id in (select registry.own_persons())
  or payer_id in (select registry.own_payers()) or ((select platform.office()) is not null and person_id in (select person_id from registry.person)));
grant select on contributions.correction, contributions.correction_row, contributions.reassessment to payung_online, payung_run;
grant insert on contributions.correction, contributions.correction_row, contributions.reassessment to payung_run;
grant update (state, decided_by, decided_on, decided_why, level, bill_id, done_on) on contributions.correction to payung_run;
grant update (state, done_on, memberships, payers, credits, supplements) on contributions.reassessment to payung_run;
