-- The schema after all migrations. Written by `payung schema write`; never edited.

-- Schemas
create schema contributions; -- payung_online=U/payung_owner payung_owner=UC/payung_owner payung_public=U/payung_owner payung_run=U/payung_owner
create schema coverage; -- payung_online=U/payung_owner payung_owner=UC/payung_owner payung_public=U/payung_owner payung_run=U/payung_owner
create schema identity; -- payung_online=U/payung_owner payung_owner=UC/payung_owner payung_run=U/payung_owner
create schema ledger; -- payung_online=U/payung_owner payung_owner=UC/payung_owner payung_public=U/payung_owner payung_run=U/payung_owner
create schema notices; -- payung_online=U/payung_owner payung_owner=UC/payung_owner payung_run=U/payung_owner
create schema payments; -- payung_online=U/payung_owner payung_owner=UC/payung_owner payung_run=U/payung_owner
create schema platform; -- payung_online=U/payung_owner payung_owner=UC/payung_owner payung_public=U/payung_owner payung_run=U/payung_owner payung_seal=U/payung_owner
create schema registry; -- payung_online=U/payung_owner payung_owner=UC/payung_owner payung_public=U/payung_owner payung_run=U/payung_owner
create schema savings; -- payung_online=U/payung_owner payung_owner=UC/payung_owner payung_run=U/payung_owner
create schema staging; -- payung_owner=UC/payung_owner payung_run=UC/payung_owner
create schema takeover; -- payung_online=U/payung_owner payung_owner=UC/payung_owner payung_run=U/payung_owner

-- Sequences
create sequence registry.organisation_id as bigint start 1 increment 1;
create sequence registry.payer_id as bigint start 1 increment 1;
create sequence registry.person_id as bigint start 1000000001 increment 1;

-- Tables
create table contributions.addendum (
  payer_id bigint not null,
  contract_id bigint not null,
  nth smallint not null,
  from_day date not null,
  until_day date not null,
  facts jsonb not null,
  employer bigint not null,
  worker bigint not null,
  reason text not null,
  entries text[] not null,
  made_on date not null,
  constraint addendum_check CHECK (((contract_id >> 20) = payer_id)),
  constraint addendum_check1 CHECK ((until_day > from_day)),
  constraint addendum_pkey PRIMARY KEY (payer_id, contract_id, nth)
);
alter table contributions.addendum enable row level security;
alter table contributions.addendum force row level security;
create table contributions.bill (
  payer_id bigint not null,
  bill_id bigint not null,
  month smallint not null,
  kind text not null,
  state text not null,
  employer bigint default 0 not null,
  worker bigint default 0 not null,
  state_share bigint default 0 not null,
  fine bigint default 0 not null,
  correction bigint default 0 not null,
  total bigint generated always as (((((employer + worker) + state_share) + fine) + correction)) not null,
  state_part bigint default 0 not null,
  members integer default 0 not null,
  carried integer default 0 not null,
  facts_digest text default ''::text not null,
  made_on date not null,
  issued_on date,
  due date,
  paid_on date,
  constraint bill_check CHECK (((bill_id >> 20) = payer_id)),
  constraint bill_kind_check CHECK ((kind = ANY (ARRAY['month'::text, 'supplement'::text, 'contract'::text, 'state'::text, 'fine'::text, 'correction'::text, 'split'::text, 'deferred'::text]))),
  constraint bill_state_check CHECK ((state = ANY (ARRAY['calculated'::text, 'issued'::text, 'paid'::text]))),
  constraint bill_pkey PRIMARY KEY (payer_id, bill_id)
);
alter table contributions.bill enable row level security;
alter table contributions.bill force row level security;
create table contributions.bill_split (
  payer_id bigint not null,
  split_bill_id bigint not null,
  bill_id bigint not null,
  counter_id bigint not null,
  amount bigint not null,
  members integer not null,
  first_issued_on date not null,
  fined_months smallint not null,
  reason text not null,
  split_by bigint not null,
  split_on date not null,
  constraint bill_split_members_check CHECK ((members > 0)),
  constraint bill_split_reason_check CHECK ((reason <> ''::text)),
  constraint bill_split_pkey PRIMARY KEY (payer_id, split_bill_id)
);
alter table contributions.bill_split enable row level security;
alter table contributions.bill_split force row level security;
create table contributions.control_check (
  check_id bigint generated always as identity not null,
  at timestamp with time zone not null,
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
  difference bigint not null,
  constraint control_check_pkey PRIMARY KEY (check_id)
);
create table contributions.correction (
  correction_id bigint generated always as identity not null,
  payer_id bigint not null,
  month smallint not null,
  kind text not null,
  state text not null,
  reason text not null,
  evidence_digest text not null,
  evidence text not null,
  proposed_by bigint not null,
  proposed_on date not null,
  decided_by bigint,
  decided_on date,
  decided_why text,
  level text,
  bill_id bigint,
  done_on date,
  constraint correction_check CHECK (((decided_by <> proposed_by) OR (state = 'withdrawn'::text))),
  constraint correction_check1 CHECK (((bill_id >> 20) = payer_id)),
  constraint correction_evidence_check CHECK ((evidence <> ''::text)),
  constraint correction_evidence_digest_check CHECK ((evidence_digest ~ '^[0-9a-f]{64}$'::text)),
  constraint correction_kind_check CHECK ((kind = ANY (ARRAY['wage'::text, 'deactivation'::text, 'swap'::text, 'member'::text]))),
  constraint correction_level_check CHECK ((level = ANY (ARRAY['officer'::text, 'branch'::text, 'regional'::text, 'head'::text]))),
  constraint correction_reason_check CHECK ((reason <> ''::text)),
  constraint correction_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'done'::text, 'refused'::text, 'withdrawn'::text]))),
  constraint correction_pkey PRIMARY KEY (correction_id)
);
alter table contributions.correction enable row level security;
alter table contributions.correction force row level security;
create table contributions.correction_row (
  correction_id bigint not null,
  payer_id bigint not null,
  person_id bigint not null,
  ordinal smallint not null,
  replaces smallint,
  base bigint,
  stays_ended jsonb,
  constraint correction_row_base_check CHECK ((base >= 0)),
  constraint correction_row_check CHECK (((replaces IS NOT NULL) OR (base IS NOT NULL))),
  constraint correction_row_correction_id_fkey FOREIGN KEY (correction_id) REFERENCES contributions.correction(correction_id),
  constraint correction_row_pkey PRIMARY KEY (correction_id, person_id, ordinal)
);
alter table contributions.correction_row enable row level security;
alter table contributions.correction_row force row level security;
create table contributions.counter_bill (
  payer_id bigint not null,
  bill_id bigint not null,
  counter_id bigint not null,
  kind text not null,
  amount bigint not null,
  made_on date not null,
  constraint counter_bill_amount_check CHECK ((amount >= 0)),
  constraint counter_bill_kind_check CHECK ((kind = ANY (ARRAY['split'::text, 'fine-waiver'::text, 'write-off'::text]))),
  constraint counter_bill_pkey PRIMARY KEY (payer_id, bill_id, counter_id)
);
alter table contributions.counter_bill enable row level security;
alter table contributions.counter_bill force row level security;
create table contributions.cover_period (
  person_id bigint not null,
  ordinal smallint not null,
  opened_on date not null,
  opened_by text not null,
  from_month smallint not null,
  constraint cover_period_pkey PRIMARY KEY (person_id, ordinal, opened_on)
);
alter table contributions.cover_period enable row level security;
alter table contributions.cover_period force row level security;
create table contributions.cover_rule (
  from_day date not null,
  segment text not null,
  settlement text not null,
  programme text not null,
  grace_months smallint not null,
  beyond text not null,
  arrears_limit text default ''::text not null,
  waiting_months smallint default 0 not null,
  waiting_limit text default ''::text not null,
  act text not null,
  article text not null,
  status text not null,
  entries text[] not null,
  constraint cover_rule_beyond_check CHECK ((beyond = ANY (ARRAY['employer pays first'::text, 'not covered'::text, 'covered, contribution outstanding'::text]))),
  constraint cover_rule_settlement_check CHECK ((settlement = ANY (ARRAY['receivable'::text, 'offer'::text, 'contract'::text]))),
  constraint cover_rule_pkey PRIMARY KEY (from_day, segment, settlement, programme)
);
create table contributions.deferral (
  payer_id bigint not null,
  bill_id bigint not null,
  programme text not null,
  month smallint not null,
  amount bigint not null,
  noted_on date not null,
  constraint deferral_amount_check CHECK ((amount <> 0)),
  constraint deferral_check CHECK (((bill_id >> 20) = payer_id)),
  constraint deferral_pkey PRIMARY KEY (payer_id, bill_id, programme)
);
alter table contributions.deferral enable row level security;
alter table contributions.deferral force row level security;
create table contributions.deferral_instalment (
  payer_id bigint not null,
  bill_id bigint not null,
  programme text not null,
  month smallint not null,
  amount bigint not null,
  stage date not null,
  constraint deferral_instalment_amount_check CHECK ((amount <> 0)),
  constraint deferral_instalment_check CHECK (((bill_id >> 20) = payer_id)),
  constraint deferral_instalment_pkey PRIMARY KEY (payer_id, bill_id, programme, month)
);
alter table contributions.deferral_instalment enable row level security;
alter table contributions.deferral_instalment force row level security;
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
) partition by LIST (month);
alter table contributions.entry enable row level security;
alter table contributions.entry force row level security;
create table contributions.fine (
  payer_id bigint not null,
  bill_id bigint not null,
  through_months smallint not null,
  amount bigint not null,
  on_bill_id bigint not null,
  constraint fine_amount_check CHECK ((amount <> 0)),
  constraint fine_pkey PRIMARY KEY (payer_id, bill_id, through_months, on_bill_id)
);
alter table contributions.fine enable row level security;
alter table contributions.fine force row level security;
create table contributions.late_warning (
  payer_id bigint not null,
  paid_month smallint not null,
  unpaid smallint not null,
  members integer not null,
  amount bigint not null,
  covered_until date not null,
  told_on date not null,
  constraint late_warning_unpaid_check CHECK ((unpaid > 0)),
  constraint late_warning_pkey PRIMARY KEY (payer_id, paid_month, unpaid)
);
alter table contributions.late_warning enable row level security;
alter table contributions.late_warning force row level security;
create table contributions.membership_fact (
  person_id bigint not null,
  payer_id bigint not null,
  base bigint not null,
  from_day date not null,
  until_day date,
  born date not null,
  joined date not null,
  profile_id integer not null,
  base_month smallint not null,
  ordinal smallint not null,
  constraint membership_fact_base_check CHECK ((base >= 0)),
  constraint membership_fact_pkey PRIMARY KEY (person_id, ordinal, from_day)
) with (fillfactor=90);
alter table contributions.membership_fact enable row level security;
alter table contributions.membership_fact force row level security;
create table contributions.month (
  month smallint not null,
  state text not null,
  opened_on date not null,
  closed_on date,
  constraint month_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text]))),
  constraint month_pkey PRIMARY KEY (month)
);
create table contributions.month_due (
  month smallint not null,
  segment text not null,
  due date,
  constraint month_due_pkey PRIMARY KEY (month, segment)
);
create table contributions.noted_claim (
  person_id bigint not null,
  programme text not null,
  claimed_on date not null,
  evidence text not null,
  told_on date not null,
  actor bigint not null,
  constraint noted_claim_pkey PRIMARY KEY (person_id, programme, claimed_on)
);
alter table contributions.noted_claim enable row level security;
alter table contributions.noted_claim force row level security;
create table contributions.paid_change (
  payer_id bigint not null,
  change_id bigint generated always as identity not null,
  bill_id bigint not null,
  was_paid_on date not null,
  changed_on date not null,
  constraint paid_change_pkey PRIMARY KEY (payer_id, change_id)
);
alter table contributions.paid_change enable row level security;
alter table contributions.paid_change force row level security;
create table contributions.paid_span (
  person_id bigint not null,
  ordinal smallint not null,
  to_month smallint not null,
  from_month smallint not null,
  paid_on date not null,
  bill_id bigint not null,
  constraint paid_span_pkey PRIMARY KEY (person_id, ordinal, to_month)
);
alter table contributions.paid_span enable row level security;
alter table contributions.paid_span force row level security;
create table contributions.premium_contract (
  payer_id bigint not null,
  contract_id bigint not null,
  segment text not null,
  month smallint not null,
  from_day date not null,
  until_day date not null,
  name text not null,
  facts jsonb not null,
  amounts jsonb not null,
  employer bigint not null,
  worker bigint not null,
  entries text[] not null,
  constraint premium_contract_check CHECK (((contract_id >> 20) = payer_id)),
  constraint premium_contract_check1 CHECK ((until_day > from_day)),
  constraint premium_contract_pkey PRIMARY KEY (payer_id, contract_id)
);
alter table contributions.premium_contract enable row level security;
alter table contributions.premium_contract force row level security;
create table contributions.premium_member (
  person_id bigint not null,
  ordinal smallint not null,
  from_day date not null,
  until_day date not null,
  reported_on date,
  window_until date,
  payer_id bigint not null,
  contract_id bigint not null,
  constraint premium_member_pkey PRIMARY KEY (person_id, ordinal, contract_id)
);
alter table contributions.premium_member enable row level security;
alter table contributions.premium_member force row level security;
create table contributions.premium_part (
  payer_id bigint not null,
  contract_id bigint not null,
  nth smallint not null,
  bill_id bigint not null,
  kind text not null,
  month smallint not null,
  due date,
  from_day date,
  until_day date,
  amounts jsonb not null,
  employer bigint not null,
  worker bigint not null,
  made_on date not null,
  constraint premium_part_check CHECK (((contract_id >> 20) = payer_id)),
  constraint premium_part_check1 CHECK (((bill_id >> 20) = payer_id)),
  constraint premium_part_kind_check CHECK ((kind = ANY (ARRAY['whole'::text, 'step'::text, 'instalment'::text, 'addendum'::text]))),
  constraint premium_part_pkey PRIMARY KEY (payer_id, contract_id, nth)
);
alter table contributions.premium_part enable row level security;
alter table contributions.premium_part force row level security;
create table contributions.profile (
  profile_id integer generated always as identity not null,
  key text not null,
  segment text not null,
  payer_kind text not null,
  settlement text not null,
  facts jsonb not null,
  constraint profile_settlement_check CHECK ((settlement = ANY (ARRAY['receivable'::text, 'offer'::text, 'contract'::text]))),
  constraint profile_pkey PRIMARY KEY (profile_id),
  constraint profile_key_key UNIQUE (key)
);
create table contributions.reassessment (
  month smallint not null,
  version smallint not null,
  state text not null,
  started_on date not null,
  done_on date,
  memberships bigint default 0 not null,
  payers bigint default 0 not null,
  credits bigint default 0 not null,
  supplements bigint default 0 not null,
  constraint reassessment_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text]))),
  constraint reassessment_pkey PRIMARY KEY (month, version)
);
create table contributions.reduction (
  payer_id bigint not null,
  bill_id bigint not null,
  difference_id bigint not null,
  amount bigint not null,
  written_off bigint not null,
  fine bigint not null,
  constraint reduction_amount_check CHECK ((amount > 0)),
  constraint reduction_check CHECK (((written_off >= 0) AND (written_off <= amount))),
  constraint reduction_fine_check CHECK ((fine >= 0)),
  constraint reduction_pkey PRIMARY KEY (payer_id, bill_id, difference_id)
);
alter table contributions.reduction enable row level security;
alter table contributions.reduction force row level security;
create table contributions.reinstatement (
  payer_id bigint not null,
  case_id bigint generated always as identity not null,
  from_month smallint not null,
  through_month smallint not null,
  grace_months smallint not null,
  levels text[] not null,
  reason text not null,
  evidence text[] not null,
  opened_on date not null,
  actor bigint not null,
  constraint reinstatement_check CHECK ((through_month > from_month)),
  constraint reinstatement_evidence_check CHECK ((cardinality(evidence) > 0)),
  constraint reinstatement_pkey PRIMARY KEY (payer_id, case_id),
  constraint reinstatement_case_id_key UNIQUE (case_id)
);
alter table contributions.reinstatement enable row level security;
alter table contributions.reinstatement force row level security;
create table contributions.reinstatement_member (
  person_id bigint not null,
  ordinal smallint not null,
  payer_id bigint not null,
  case_id bigint not null,
  constraint reinstatement_member_pkey PRIMARY KEY (person_id, ordinal, case_id)
);
alter table contributions.reinstatement_member enable row level security;
alter table contributions.reinstatement_member force row level security;
create table contributions.reinstatement_verdict (
  payer_id bigint not null,
  case_id bigint not null,
  level smallint not null,
  verdict text not null,
  reason text not null,
  decided_on date not null,
  actor bigint not null,
  constraint reinstatement_verdict_level_check CHECK ((level > 0)),
  constraint reinstatement_verdict_verdict_check CHECK ((verdict = ANY (ARRAY['approved'::text, 'refused'::text, 'withdrawn'::text]))),
  constraint reinstatement_verdict_pkey PRIMARY KEY (payer_id, case_id, level)
);
alter table contributions.reinstatement_verdict enable row level security;
alter table contributions.reinstatement_verdict force row level security;
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
) partition by LIST (month);
alter table contributions.replacement enable row level security;
alter table contributions.replacement force row level security;
create table contributions.run_step (
  month smallint not null,
  step text not null,
  chunk bigint not null,
  rows bigint not null,
  amount bigint not null,
  done_at timestamp with time zone not null,
  constraint run_step_pkey PRIMARY KEY (month, step, chunk)
);
create table contributions.split_member (
  person_id bigint not null,
  ordinal smallint not null,
  payer_id bigint not null,
  bill_id bigint not null,
  split_bill_id bigint not null,
  split_on date not null,
  constraint split_member_pkey PRIMARY KEY (person_id, ordinal, payer_id, bill_id)
);
alter table contributions.split_member enable row level security;
alter table contributions.split_member force row level security;
create table contributions.tariff_class (
  month smallint not null,
  class smallint not null,
  version smallint not null,
  digest text not null,
  programmes text not null,
  constraint tariff_class_pkey PRIMARY KEY (month, class),
  constraint tariff_class_month_version_digest_key UNIQUE (month, version, digest)
);
create table contributions.tariff_line (
  month smallint not null,
  class smallint not null,
  line smallint not null,
  programme text not null,
  kind text not null,
  from_programme text default ''::text not null,
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
  constraint tariff_line_kind_check CHECK ((kind = ANY (ARRAY['employer'::text, 'worker'::text, 'state'::text, 'split'::text, 'deferred'::text]))),
  constraint tariff_line_pkey PRIMARY KEY (month, class, line)
);
create table contributions.tariff_range (
  month smallint not null,
  version smallint not null,
  profile_id integer not null,
  born_from date not null,
  born_until date not null,
  class smallint not null,
  constraint tariff_range_pkey PRIMARY KEY (month, version, profile_id, born_from)
);
create table contributions.tariff_version (
  month smallint not null,
  version smallint not null,
  digest text not null,
  published_by date not null,
  fine_rate bigint not null,
  constraint tariff_version_pkey PRIMARY KEY (month, version)
);
create table contributions.wage_report (
  person_id bigint not null,
  ordinal smallint not null,
  month smallint not null,
  version smallint not null,
  base bigint not null,
  payer_id bigint not null,
  reported_on date not null,
  constraint wage_report_base_check CHECK ((base >= 0)),
  constraint wage_report_pkey PRIMARY KEY (person_id, ordinal, month, version)
);
alter table contributions.wage_report enable row level security;
alter table contributions.wage_report force row level security;
create table coverage.daily_count (
  day date not null,
  region_code text not null,
  segment text not null,
  payer_kind text not null,
  employer_group text not null,
  programme text not null,
  state text not null,
  members bigint not null,
  constraint daily_count_pkey PRIMARY KEY (day, region_code, segment, payer_kind, employer_group, programme, state)
);
create table coverage.month_bills (
  month smallint not null,
  contributions bigint not null,
  premiums bigint not null,
  fines bigint not null,
  state_share bigint not null,
  billed bigint not null,
  booked bigint not null,
  collected bigint not null,
  as_of date not null,
  constraint month_bills_pkey PRIMARY KEY (month)
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
  constraint month_figure_pkey PRIMARY KEY (month, segment, programme)
);
create table coverage.population (
  region_code text not null,
  people bigint not null,
  eligible bigint not null,
  source text not null,
  as_of date not null,
  constraint population_region_code_fkey FOREIGN KEY (region_code) REFERENCES registry.region(region_code),
  constraint population_pkey PRIMARY KEY (region_code)
);
create table coverage.registered (
  day date not null,
  region_code text not null,
  persons bigint not null,
  active bigint not null,
  constraint registered_pkey PRIMARY KEY (day, region_code)
);
create table identity.actor (
  actor_id bigint generated always as identity not null,
  kind text not null,
  name text not null,
  person_id bigint,
  organisation_id bigint,
  office_id bigint,
  role text default ''::text not null,
  active boolean default true not null,
  created timestamp with time zone default now() not null,
  constraint actor_check CHECK (((kind <> 'member'::text) OR (person_id IS NOT NULL))),
  constraint actor_check1 CHECK (((kind <> 'organisation'::text) OR (organisation_id IS NOT NULL))),
  constraint actor_kind_check CHECK ((kind = ANY (ARRAY['staff'::text, 'member'::text, 'organisation'::text, 'partner'::text, 'system'::text]))),
  constraint actor_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint actor_pkey PRIMARY KEY (actor_id)
);
create table identity.token (
  token_id bigint generated always as identity not null,
  actor_id bigint not null,
  hash bytea not null,
  label text default ''::text not null,
  created timestamp with time zone default now() not null,
  revoked timestamp with time zone,
  last_used date,
  constraint token_hash_check CHECK ((length(hash) = 32)),
  constraint token_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES identity.actor(actor_id),
  constraint token_pkey PRIMARY KEY (token_id),
  constraint token_hash_key UNIQUE (hash)
);
create table ledger.account (
  account smallint not null,
  code text not null,
  kind text not null,
  fund text default ''::text not null,
  per_payer boolean default false not null,
  labels jsonb not null,
  constraint account_kind_check CHECK ((kind = ANY (ARRAY['asset'::text, 'liability'::text, 'fund'::text, 'income'::text]))),
  constraint account_pkey PRIMARY KEY (account),
  constraint account_code_key UNIQUE (code)
);
create table ledger.transfer (
  payer_id bigint not null,
  transfer_id bigint generated always as identity not null,
  amount bigint not null,
  source_id bigint not null,
  reverses bigint,
  day date not null,
  month smallint not null,
  debit smallint not null,
  credit smallint not null,
  reason text not null,
  of_money boolean not null,
  constraint transfer_amount_check CHECK ((amount > 0)),
  constraint transfer_check CHECK ((debit <> credit)),
  constraint transfer_pkey PRIMARY KEY (payer_id, transfer_id)
);
alter table ledger.transfer enable row level security;
alter table ledger.transfer force row level security;
create table notices.letter (
  letter_id bigint generated always as identity not null,
  person_id bigint,
  payer_id bigint,
  kind text not null,
  cause text not null,
  amount bigint,
  facts jsonb default '{}'::jsonb not null,
  written_on date not null,
  tell_by date,
  tell_by_law date,
  constraint letter_check CHECK ((num_nonnulls(person_id, payer_id) = 1)),
  constraint letter_pkey PRIMARY KEY (letter_id),
  constraint letter_person_id_payer_id_kind_cause_key UNIQUE NULLS NOT DISTINCT (person_id, payer_id, kind, cause)
);
alter table notices.letter enable row level security;
alter table notices.letter force row level security;
create table notices.letter_code (
  letter_id bigint not null,
  turn smallint not null,
  person_id bigint,
  payer_id bigint,
  code_hash bytea not null,
  made_on date not null,
  constraint letter_code_turn_check CHECK ((turn > 0)),
  constraint letter_code_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES notices.letter(letter_id),
  constraint letter_code_pkey PRIMARY KEY (letter_id, turn),
  constraint letter_code_code_hash_key UNIQUE (code_hash)
);
alter table notices.letter_code enable row level security;
alter table notices.letter_code force row level security;
create table notices.telling (
  letter_id bigint not null,
  person_id bigint,
  payer_id bigint,
  told_on date not null,
  how text not null,
  actor bigint not null,
  constraint telling_how_check CHECK ((how = ANY (ARRAY['post'::text, 'e-mail'::text, 'desk'::text]))),
  constraint telling_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES notices.letter(letter_id),
  constraint telling_pkey PRIMARY KEY (letter_id)
);
alter table notices.telling enable row level security;
alter table notices.telling force row level security;
create table payments.allocation (
  payment_id bigint not null,
  turn smallint default 0 not null,
  payer_id bigint not null,
  allocated_on date not null,
  reason text not null,
  constraint allocation_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments.payment(payment_id),
  constraint allocation_pkey PRIMARY KEY (payment_id, turn)
);
alter table payments.allocation enable row level security;
alter table payments.allocation force row level security;
create table payments.offset_offer (
  payer_id bigint not null,
  letter_id bigint not null,
  told_on date not null,
  constraint offset_offer_payer_id_fkey FOREIGN KEY (payer_id) REFERENCES registry.payer(payer_id),
  constraint offset_offer_pkey PRIMARY KEY (payer_id, letter_id)
);
alter table payments.offset_offer enable row level security;
alter table payments.offset_offer force row level security;
create table payments.payable (
  payer_id bigint not null,
  kind text not null,
  id bigint not null,
  month smallint not null,
  order_day date not null,
  amount bigint not null,
  countered bigint default 0 not null,
  settled_on date,
  constraint payable_amount_check CHECK ((amount >= 0)),
  constraint payable_check CHECK (((countered >= 0) AND (countered <= amount))),
  constraint payable_pkey PRIMARY KEY (payer_id, kind, id)
);
alter table payments.payable enable row level security;
alter table payments.payable force row level security;
create table payments.payment (
  channel text not null,
  day date not null,
  external_id text not null,
  payment_id bigint generated always as identity not null,
  amount bigint not null,
  code text not null,
  payer_id bigint,
  received_at timestamp with time zone not null,
  sender bytea,
  sender_key bytea,
  constraint payment_amount_check CHECK ((amount > 0)),
  constraint payment_check CHECK (((sender IS NULL) = (sender_key IS NULL))),
  constraint payment_pkey PRIMARY KEY (channel, day, external_id),
  constraint payment_payment_id_key UNIQUE (payment_id)
);
alter table payments.payment enable row level security;
alter table payments.payment force row level security;
create table payments.payout_order (
  order_id bigint generated always as identity not null,
  payer_id bigint not null,
  request_id bigint not null,
  amount bigint not null,
  bank text not null,
  account text not null,
  holder text not null,
  state text default 'ordered'::text not null,
  ordered_on date not null,
  paid_on date,
  reference text,
  constraint payout_order_account_check CHECK ((account <> ''::text)),
  constraint payout_order_amount_check CHECK ((amount > 0)),
  constraint payout_order_bank_check CHECK ((bank <> ''::text)),
  constraint payout_order_check CHECK (((state = 'paid'::text) = ((paid_on IS NOT NULL) AND (reference IS NOT NULL)))),
  constraint payout_order_holder_check CHECK ((holder <> ''::text)),
  constraint payout_order_state_check CHECK ((state = ANY (ARRAY['ordered'::text, 'paid'::text]))),
  constraint payout_order_request_id_fkey FOREIGN KEY (request_id) REFERENCES payments.request(request_id),
  constraint payout_order_pkey PRIMARY KEY (order_id),
  constraint payout_order_request_id_key UNIQUE (request_id)
);
alter table payments.payout_order enable row level security;
alter table payments.payout_order force row level security;
create table payments.queue_taking (
  payment_id bigint not null,
  nth smallint not null,
  owner bigint,
  taken_on date not null,
  level text,
  constraint queue_taking_level_check CHECK ((level = ANY (ARRAY['officer'::text, 'branch'::text, 'regional'::text, 'head'::text]))),
  constraint queue_taking_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments.payment(payment_id),
  constraint queue_taking_pkey PRIMARY KEY (payment_id, nth)
);
alter table payments.queue_taking enable row level security;
alter table payments.queue_taking force row level security;
create table payments.request (
  request_id bigint generated always as identity not null,
  kind text not null,
  payer_id bigint not null,
  payment_id bigint,
  bill_id bigint,
  amount bigint not null,
  ground text not null,
  evidence text not null,
  detail jsonb default '{}'::jsonb not null,
  state text default 'asked'::text not null,
  asked_by bigint not null,
  asked_on date not null,
  decided_by bigint,
  decided_on date,
  decided_why text,
  constraint request_check CHECK (((bill_id >> 20) = payer_id)),
  constraint request_check1 CHECK (((amount > 0) OR (kind = 'closing'::text) OR ((kind = 'reopening'::text) AND (amount = 0)))),
  constraint request_check2 CHECK ((decided_by <> asked_by)),
  constraint request_check3 CHECK (((state = 'asked'::text) = (decided_by IS NULL))),
  constraint request_evidence_check CHECK ((evidence <> ''::text)),
  constraint request_ground_check CHECK ((ground <> ''::text)),
  constraint request_kind_check CHECK ((kind = ANY (ARRAY['reversal'::text, 'refund'::text, 'return'::text, 'parts'::text, 'write-off'::text, 'fine-waiver'::text, 'closing'::text, 'reopening'::text]))),
  constraint request_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'approved'::text, 'refused'::text]))),
  constraint request_pkey PRIMARY KEY (request_id)
);
alter table payments.request enable row level security;
alter table payments.request force row level security;
create table payments.request_part (
  request_id bigint not null,
  nth smallint not null,
  payment_id bigint not null,
  payer_id bigint not null,
  bill_id bigint,
  amount bigint not null,
  constraint request_part_amount_check CHECK ((amount > 0)),
  constraint request_part_check CHECK (((bill_id >> 20) = payer_id)),
  constraint request_part_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments.payment(payment_id),
  constraint request_part_request_id_fkey FOREIGN KEY (request_id) REFERENCES payments.request(request_id),
  constraint request_part_pkey PRIMARY KEY (request_id, nth),
  constraint request_part_request_id_payer_id_bill_id_key UNIQUE NULLS NOT DISTINCT (request_id, payer_id, bill_id)
);
alter table payments.request_part enable row level security;
alter table payments.request_part force row level security;
create table payments.reversal (
  payment_id bigint not null,
  turn smallint not null,
  kind text not null,
  payer_id bigint not null,
  amount bigint not null,
  request_id bigint not null,
  reversed_on date not null,
  constraint reversal_amount_check CHECK ((amount > 0)),
  constraint reversal_kind_check CHECK ((kind = ANY (ARRAY['recall'::text, 'wrong-payer'::text, 'returned'::text]))),
  constraint reversal_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments.payment(payment_id),
  constraint reversal_request_id_fkey FOREIGN KEY (request_id) REFERENCES payments.request(request_id),
  constraint reversal_pkey PRIMARY KEY (payment_id, turn),
  constraint reversal_request_id_key UNIQUE (request_id)
);
alter table payments.reversal enable row level security;
alter table payments.reversal force row level security;
create table platform.access_trail (
  trail_id bigint generated always as identity not null,
  at timestamp with time zone not null,
  actor bigint not null,
  person_id bigint,
  view text not null,
  why text not null,
  detail jsonb default '{}'::jsonb not null,
  constraint access_trail_pkey PRIMARY KEY (trail_id)
);
alter table platform.access_trail enable row level security;
alter table platform.access_trail force row level security;
create table platform.clock (
  one boolean default true not null,
  demonstration boolean default false not null,
  ahead interval default '00:00:00'::interval not null,
  constraint clock_one_check CHECK (one),
  constraint clock_pkey PRIMARY KEY (one)
);
create table platform.command (
  actor bigint not null,
  key text not null,
  day date default ((now() AT TIME ZONE 'UTC'::text))::date not null,
  digest bytea not null,
  reply jsonb,
  at timestamp with time zone default now() not null,
  constraint command_key_check CHECK (((length(key) >= 1) AND (length(key) <= 200))),
  constraint command_pkey PRIMARY KEY (actor, key, day)
) partition by RANGE (day);
alter table platform.command enable row level security;
alter table platform.command force row level security;
create table platform.daily_run (
  day date not null,
  name text not null,
  at timestamp with time zone default now() not null,
  constraint daily_run_pkey PRIMARY KEY (day, name)
);
create table platform.event (
  event_id bigint generated always as identity not null,
  at timestamp with time zone not null,
  recorded timestamp with time zone default now() not null,
  kind text not null,
  room text not null,
  subject text not null,
  actor bigint not null,
  payload jsonb not null,
  constraint event_pkey PRIMARY KEY (event_id)
);
create table platform.migration (
  name text not null,
  digest text not null,
  at timestamp with time zone default now() not null,
  constraint migration_pkey PRIMARY KEY (name)
);
create table platform.progress (
  work text not null,
  step text not null,
  state text not null,
  done bigint default 0 not null,
  total bigint,
  result jsonb,
  begun timestamp with time zone default now() not null,
  ended timestamp with time zone,
  constraint progress_state_check CHECK ((state = ANY (ARRAY['begun'::text, 'done'::text]))),
  constraint progress_pkey PRIMARY KEY (work, step)
);
create table platform.setting (
  key text not null,
  value jsonb not null,
  at timestamp with time zone default now() not null,
  constraint setting_pkey PRIMARY KEY (key)
);
create table registry.arrangement (
  person_id bigint not null,
  ordinal smallint not null,
  from_day date not null,
  payer_id bigint not null,
  until_day date,
  constraint arrangement_person_id_ordinal_fkey FOREIGN KEY (person_id, ordinal) REFERENCES registry.membership(person_id, ordinal),
  constraint arrangement_pkey PRIMARY KEY (person_id, ordinal, from_day)
);
alter table registry.arrangement enable row level security;
alter table registry.arrangement force row level security;
create table registry.closing (
  payer_id bigint not null,
  nth smallint not null,
  ground text not null,
  evidence text not null,
  closed_on date not null,
  constraint closing_evidence_check CHECK ((evidence <> ''::text)),
  constraint closing_ground_check CHECK ((ground <> ''::text)),
  constraint closing_nth_check CHECK ((nth > 0)),
  constraint closing_payer_id_fkey FOREIGN KEY (payer_id) REFERENCES registry.payer(payer_id),
  constraint closing_pkey PRIMARY KEY (payer_id, nth)
);
alter table registry.closing enable row level security;
alter table registry.closing force row level security;
create table registry.duplicate (
  person_id bigint not null,
  other_id bigint not null,
  reasons text[] not null,
  found_on date not null,
  dismissed_on date,
  dismissed_why text,
  constraint duplicate_check CHECK ((other_id > person_id)),
  constraint duplicate_pkey PRIMARY KEY (person_id, other_id)
);
alter table registry.duplicate enable row level security;
alter table registry.duplicate force row level security;
create table registry.member_directory (
  member_number text not null,
  person_id bigint not null,
  alias boolean default false not null,
  constraint member_directory_pkey PRIMARY KEY (member_number)
);
create table registry.membership (
  person_id bigint not null,
  ordinal smallint not null,
  segment text not null,
  organisation_id bigint,
  programmes text default ''::text not null,
  facts jsonb default '{}'::jsonb not null,
  from_day date not null,
  until_day date,
  end_reason text,
  accepted_on date not null,
  opening_months smallint default 0 not null,
  opening_savings bigint default 0 not null,
  opening_act text,
  constraint membership_check CHECK (((until_day IS NULL) OR (until_day > from_day))),
  constraint membership_ordinal_check CHECK ((ordinal > 0)),
  constraint membership_person_id_fkey FOREIGN KEY (person_id) REFERENCES registry.person(person_id),
  constraint membership_pkey PRIMARY KEY (person_id, ordinal)
);
alter table registry.membership enable row level security;
alter table registry.membership force row level security;
create table registry.membership_deed (
  person_id bigint not null,
  ordinal smallint not null,
  deed_id bigint generated always as identity not null,
  deed text not null,
  day date not null,
  reason text not null,
  told_on date not null,
  actor bigint not null,
  constraint membership_deed_deed_check CHECK ((deed = ANY (ARRAY['ended'::text, 'taken-back'::text, 'moved'::text, 'died'::text]))),
  constraint membership_deed_pkey PRIMARY KEY (person_id, ordinal, deed_id)
);
alter table registry.membership_deed enable row level security;
alter table registry.membership_deed force row level security;
create table registry.merge (
  merge_id bigint generated always as identity not null,
  person_id bigint not null,
  merged_id bigint,
  numbers text[] not null,
  hashes bytea[] not null,
  reason text not null,
  consent text not null,
  merged_on date not null,
  actor bigint not null,
  constraint merge_pkey PRIMARY KEY (merge_id)
);
alter table registry.merge enable row level security;
alter table registry.merge force row level security;
create table registry.number_directory (
  number_hash bytea not null,
  person_id bigint not null,
  constraint number_directory_pkey PRIMARY KEY (number_hash)
);
create table registry.office (
  office_id integer not null,
  kind text not null,
  name text not null,
  parent_id integer,
  constraint office_kind_check CHECK ((kind = ANY (ARRAY['head'::text, 'regional'::text, 'branch'::text]))),
  constraint office_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES registry.office(office_id),
  constraint office_pkey PRIMARY KEY (office_id)
);
create table registry.office_district (
  office_id integer not null,
  region_code text not null,
  from_day date not null,
  until_day date,
  constraint office_district_office_id_fkey FOREIGN KEY (office_id) REFERENCES registry.office(office_id),
  constraint office_district_region_code_fkey FOREIGN KEY (region_code) REFERENCES registry.region(region_code),
  constraint office_district_pkey PRIMARY KEY (region_code, from_day)
);
create table registry.organisation (
  organisation_id bigint default nextval('registry.organisation_id'::regclass) not null,
  kind text not null,
  name text not null,
  region_code text not null,
  registered_on date not null,
  constraint organisation_region_code_fkey FOREIGN KEY (region_code) REFERENCES registry.region(region_code),
  constraint organisation_pkey PRIMARY KEY (organisation_id)
);
create table registry.organisation_fact (
  organisation_id bigint not null,
  from_day date not null,
  facts jsonb not null,
  constraint organisation_fact_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES registry.organisation(organisation_id),
  constraint organisation_fact_pkey PRIMARY KEY (organisation_id, from_day)
);
create table registry.payer (
  payer_id bigint default nextval('registry.payer_id'::regclass) not null,
  kind text not null,
  settlement text not null,
  person_id bigint,
  organisation_id bigint,
  funding_code text,
  constraint payer_check CHECK (((person_id IS NULL) <> (organisation_id IS NULL))),
  constraint payer_payer_id_check CHECK ((payer_id < '8796093022208'::bigint)),
  constraint payer_settlement_check CHECK ((settlement = ANY (ARRAY['receivable'::text, 'offer'::text]))),
  constraint payer_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES registry.organisation(organisation_id),
  constraint payer_pkey PRIMARY KEY (payer_id)
);
create table registry.person (
  person_id bigint default nextval('registry.person_id'::regclass) not null,
  member_number text not null,
  name text not null,
  born date not null,
  sex text not null,
  region_code text not null,
  number_cipher bytea,
  registered_on date not null,
  died_on date,
  constraint person_check CHECK ((died_on >= born)),
  constraint person_sex_check CHECK ((sex = ANY (ARRAY['female'::text, 'male'::text]))),
  constraint person_region_code_fkey FOREIGN KEY (region_code) REFERENCES registry.region(region_code),
  constraint person_pkey PRIMARY KEY (person_id)
);
alter table registry.person enable row level security;
alter table registry.person force row level security;
create table registry.region (
  region_code text not null,
  parent_code text,
  level text not null,
  kind text not null,
  name text not null,
  short_name text not null,
  population_male bigint,
  population_female bigint,
  tile_column smallint,
  tile_row smallint,
  constraint region_level_check CHECK ((level = ANY (ARRAY['province'::text, 'district'::text]))),
  constraint region_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES registry.region(region_code),
  constraint region_pkey PRIMARY KEY (region_code)
);
create table registry.reopening (
  payer_id bigint not null,
  nth smallint not null,
  ground text not null,
  evidence text not null,
  reopened_on date not null,
  constraint reopening_evidence_check CHECK ((evidence <> ''::text)),
  constraint reopening_ground_check CHECK ((ground <> ''::text)),
  constraint reopening_payer_id_nth_fkey FOREIGN KEY (payer_id, nth) REFERENCES registry.closing(payer_id, nth),
  constraint reopening_pkey PRIMARY KEY (payer_id, nth)
);
alter table registry.reopening enable row level security;
alter table registry.reopening force row level security;
create table registry.unmerge (
  merge_id bigint not null,
  person_id bigint not null,
  reason text not null,
  on_day date not null,
  actor bigint not null,
  constraint unmerge_merge_id_fkey FOREIGN KEY (merge_id) REFERENCES registry.merge(merge_id),
  constraint unmerge_pkey PRIMARY KEY (merge_id)
);
alter table registry.unmerge enable row level security;
alter table registry.unmerge force row level security;
create table savings.awaited (
  import_id bigint not null,
  since date not null,
  constraint awaited_pkey PRIMARY KEY (import_id)
);
create table savings.bill_booking (
  payer_id bigint not null,
  booking_id bigint generated always as identity not null,
  bill_id bigint not null,
  times smallint not null,
  day date not null,
  month smallint not null,
  noted_on date not null,
  constraint bill_booking_times_check CHECK (((times >= '-1'::integer) AND (times <= 1))),
  constraint bill_booking_pkey PRIMARY KEY (payer_id, booking_id)
);
alter table savings.bill_booking enable row level security;
alter table savings.bill_booking force row level security;
create table savings.closing (
  programme text not null,
  year smallint not null,
  begun_on date not null,
  constraint closing_pkey PRIMARY KEY (programme, year)
);
create table savings.control_check (
  check_id bigint generated always as identity not null,
  at timestamp with time zone not null,
  step text not null,
  programme text not null,
  year smallint not null,
  balances bigint not null,
  outstanding bigint not null,
  liability bigint not null,
  difference bigint not null,
  constraint control_check_pkey PRIMARY KEY (check_id)
);
create table savings.credit (
  programme text not null,
  month smallint not null,
  step text not null,
  moved bigint not null,
  day date not null,
  constraint credit_step_check CHECK ((step = ANY (ARRAY['month'::text, 'year'::text]))),
  constraint credit_pkey PRIMARY KEY (programme, month, step)
);
create table savings.entry (
  person_id bigint not null,
  entry_id bigint generated always as identity not null,
  amount numeric not null,
  bearing numeric not null,
  day date not null,
  month smallint not null,
  thirds smallint default 0 not null,
  of_year smallint,
  programme text not null,
  kind text not null,
  reference text not null,
  act text default ''::text not null,
  beside bigint[],
  constraint entry_amount_check CHECK ((amount <> (0)::numeric)),
  constraint entry_beside_check CHECK ((cardinality(beside) > 0)),
  constraint entry_check CHECK (((kind = 'difference'::text) OR ((thirds = 0) AND (amount = trunc(amount)) AND (bearing = trunc(bearing))))),
  constraint entry_kind_check CHECK ((kind = ANY (ARRAY['opening'::text, 'withdrawal'::text, 'correction'::text, 'difference'::text]))),
  constraint entry_pkey PRIMARY KEY (person_id, entry_id)
);
alter table savings.entry enable row level security;
alter table savings.entry force row level security;
create table savings.rate (
  programme text not null,
  month smallint not null,
  version smallint not null,
  kind text not null,
  rate bigint not null,
  declared_on date not null,
  act text not null,
  article text not null,
  link text not null,
  status text not null,
  constraint rate_kind_check CHECK ((kind = ANY (ARRAY['provisional'::text, 'declared'::text]))),
  constraint rate_rate_check CHECK (((rate >= 0) AND (rate <= 1000000))),
  constraint rate_status_check CHECK ((status = ANY (ARRAY['verified'::text, 'one-source'::text, 'unverified'::text]))),
  constraint rate_pkey PRIMARY KEY (programme, month, version)
);
create table savings.request (
  request_id bigint generated always as identity not null,
  person_id bigint not null,
  programme text not null,
  kind text not null,
  amount bigint not null,
  day date not null,
  reference text not null,
  act text not null,
  state text default 'asked'::text not null,
  asked_by bigint not null,
  asked_on date not null,
  decided_by bigint,
  decided_on date,
  decided_why text,
  constraint request_act_check CHECK ((act <> ''::text)),
  constraint request_check CHECK (((amount > 0) OR ((kind = 'correction'::text) AND (amount <> 0)))),
  constraint request_check1 CHECK ((decided_by <> asked_by)),
  constraint request_check2 CHECK (((state = 'asked'::text) = (decided_by IS NULL))),
  constraint request_kind_check CHECK ((kind = ANY (ARRAY['opening'::text, 'withdrawal'::text, 'correction'::text]))),
  constraint request_reference_check CHECK ((reference <> ''::text)),
  constraint request_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'approved'::text, 'refused'::text]))),
  constraint request_pkey PRIMARY KEY (request_id)
);
alter table savings.request enable row level security;
alter table savings.request force row level security;
create table savings.restatement (
  programme text not null,
  year smallint not null,
  turn smallint not null,
  rates bigint[] not null,
  settled_on date not null,
  constraint restatement_rates_check CHECK ((array_length(rates, 1) = 12)),
  constraint restatement_pkey PRIMARY KEY (programme, year, turn)
);
create table savings.statement (
  person_id bigint not null,
  contributed bigint not null,
  entered bigint not null,
  parts numeric not null,
  year smallint not null,
  programme text not null
) partition by LIST (year);
alter table savings.statement enable row level security;
alter table savings.statement force row level security;
create table savings.year (
  programme text not null,
  year smallint not null,
  thirds smallint not null,
  rates bigint[] not null,
  kinds text[] not null,
  accounts bigint not null,
  parts numeric not null,
  contributed numeric not null,
  entered numeric not null,
  closed_on date not null,
  constraint year_kinds_check CHECK ((array_length(kinds, 1) = 12)),
  constraint year_rates_check CHECK ((array_length(rates, 1) = 12)),
  constraint year_pkey PRIMARY KEY (programme, year)
);
create table takeover.import (
  import_id bigint generated always as identity not null,
  digest bytea not null,
  folder text not null,
  state text not null,
  begun timestamp with time zone not null,
  ended timestamp with time zone,
  counts jsonb default '{}'::jsonb not null,
  constraint import_state_check CHECK ((state = ANY (ARRAY['checking'::text, 'taking'::text, 'done'::text, 'refused'::text]))),
  constraint import_pkey PRIMARY KEY (import_id),
  constraint import_digest_key UNIQUE (digest)
);
create table takeover.organisation_number (
  old_number text not null,
  organisation_id bigint not null,
  constraint organisation_number_pkey PRIMARY KEY (old_number)
);

-- Partitions
create table platform.command_rest partition of platform.command DEFAULT;

-- Indexes
CREATE INDEX bill_made ON contributions.bill USING brin (made_on) WITH (pages_per_range='32');
CREATE INDEX bill_month ON contributions.bill USING brin (month) WITH (pages_per_range='16');
CREATE INDEX bill_split_bill ON contributions.bill_split USING btree (payer_id, bill_id);
CREATE INDEX correction_bill ON contributions.correction USING btree (bill_id) WHERE (state = 'approved'::text);
CREATE INDEX correction_payer ON contributions.correction USING btree (payer_id);
CREATE INDEX fine_on_bill ON contributions.fine USING btree (payer_id, on_bill_id);
CREATE INDEX membership_fact_payer ON contributions.membership_fact USING btree (payer_id);
CREATE INDEX premium_member_contract ON contributions.premium_member USING btree (payer_id, contract_id);
CREATE UNIQUE INDEX premium_part_bill ON contributions.premium_part USING btree (payer_id, bill_id);
CREATE UNIQUE INDEX reassessment_running ON contributions.reassessment USING btree (month) WHERE (state = 'running'::text);
CREATE INDEX reinstatement_member_case ON contributions.reinstatement_member USING btree (payer_id, case_id);
CREATE INDEX split_member_bill ON contributions.split_member USING btree (payer_id, split_bill_id);
CREATE INDEX wage_report_payer ON contributions.wage_report USING btree (payer_id, month);
CREATE UNIQUE INDEX actor_of_person ON identity.actor USING btree (person_id) WHERE (kind = 'member'::text);
CREATE INDEX token_of_actor ON identity.token USING btree (actor_id);
CREATE INDEX transfer_money ON ledger.transfer USING btree (payer_id) WHERE of_money;
CREATE INDEX transfer_month ON ledger.transfer USING brin (month) WITH (pages_per_range='32');
CREATE UNIQUE INDEX transfer_reversal ON ledger.transfer USING btree (payer_id, reverses) WHERE (reverses IS NOT NULL);
CREATE INDEX letter_payer ON notices.letter USING btree (payer_id, letter_id) WHERE (payer_id IS NOT NULL);
CREATE INDEX letter_person ON notices.letter USING btree (person_id, letter_id) WHERE (person_id IS NOT NULL);
CREATE INDEX letter_to_tell ON notices.letter USING btree (tell_by, letter_id) WHERE (tell_by IS NOT NULL);
CREATE INDEX payment_payer ON payments.payment USING btree (payer_id) WHERE (payer_id IS NOT NULL);
CREATE INDEX payment_queue ON payments.payment USING btree (payment_id) WHERE (payer_id IS NULL);
CREATE INDEX payment_sender ON payments.payment USING btree (sender_key) WHERE (sender_key IS NOT NULL);
CREATE INDEX payout_order_open ON payments.payout_order USING btree (order_id) WHERE (state = 'ordered'::text);
CREATE INDEX payout_order_payer ON payments.payout_order USING btree (payer_id);
CREATE INDEX request_open ON payments.request USING btree (request_id) WHERE (state = 'asked'::text);
CREATE INDEX request_payer ON payments.request USING btree (payer_id);
CREATE INDEX request_part_payment ON payments.request_part USING btree (payment_id);
CREATE INDEX reversal_payer ON payments.reversal USING btree (payer_id);
CREATE INDEX access_trail_by_person ON platform.access_trail USING btree (person_id, trail_id);
CREATE INDEX event_by_kind ON platform.event USING btree (kind, event_id);
CREATE INDEX event_by_subject ON platform.event USING btree (subject, event_id);
CREATE INDEX arrangement_payer ON registry.arrangement USING btree (payer_id);
CREATE INDEX member_directory_person ON registry.member_directory USING btree (person_id);
CREATE INDEX membership_organisation ON registry.membership USING btree (organisation_id) WHERE (organisation_id IS NOT NULL);
CREATE INDEX merge_person ON registry.merge USING btree (person_id);
CREATE INDEX payer_organisation ON registry.payer USING btree (organisation_id) WHERE (organisation_id IS NOT NULL);
CREATE UNIQUE INDEX payer_person ON registry.payer USING btree (person_id, kind) WHERE (person_id IS NOT NULL);
CREATE INDEX person_born ON registry.person USING btree (born);
CREATE INDEX person_number ON registry.person USING btree (member_number);
CREATE INDEX person_region ON registry.person USING btree (region_code);
CREATE INDEX bill_booking_bill ON savings.bill_booking USING btree (payer_id, bill_id);
CREATE INDEX entry_month ON savings.entry USING brin (month) WITH (pages_per_range='16');
CREATE UNIQUE INDEX entry_reference ON savings.entry USING btree (person_id, programme, kind, reference);
CREATE INDEX request_open ON savings.request USING btree (request_id) WHERE (state = 'asked'::text);
CREATE INDEX request_person ON savings.request USING btree (person_id);
CREATE UNIQUE INDEX import_taking ON takeover.import USING btree (state) WHERE (state = 'taking'::text);

-- Views
create view contributions.contribution with (security_invoker=true) as
 SELECT entry.person_id,
    entry.bill_id,
    entry.base,
    entry.employer,
    entry.worker,
    entry.month,
    entry.class,
    entry.ordinal,
    entry.entry
   FROM contributions.entry
UNION ALL
 SELECT replacement.person_id,
    replacement.bill_id,
    replacement.base,
    replacement.was_employer AS employer,
    replacement.was_worker AS worker,
    replacement.month,
    replacement.was_class AS class,
    replacement.ordinal,
    ((replacement.entry - 1))::smallint AS entry
   FROM contributions.replacement
UNION ALL
 SELECT replacement.person_id,
    replacement.bill_id,
    replacement.base,
    replacement.employer,
    replacement.worker,
    replacement.month,
    replacement.class,
    replacement.ordinal,
    replacement.entry
   FROM contributions.replacement;
create view contributions.reinstatement_state with (security_invoker=true) as
 SELECT r.payer_id,
    r.case_id,
        CASE
            WHEN (v.ended IS NOT NULL) THEN v.ended
            WHEN (COALESCE(v.approvals, (0)::bigint) = cardinality(r.levels)) THEN 'approved'::text
            ELSE 'open'::text
        END AS state,
    v.last_on AS decided_on,
    (COALESCE(v.approvals, (0)::bigint))::integer AS approvals
   FROM (contributions.reinstatement r
     LEFT JOIN LATERAL ( SELECT max(v_1.verdict) FILTER (WHERE (v_1.verdict <> 'approved'::text)) AS ended,
            count(*) FILTER (WHERE (v_1.verdict = 'approved'::text)) AS approvals,
            max(v_1.decided_on) AS last_on
           FROM contributions.reinstatement_verdict v_1
          WHERE ((v_1.payer_id = r.payer_id) AND (v_1.case_id = r.case_id))) v ON (true));
create view ledger.payer_balance with (security_invoker=true) as
 SELECT t.payer_id,
    a.code,
    (sum(
        CASE
            WHEN (s.debited = (a.kind = 'asset'::text)) THEN t.amount
            ELSE (- t.amount)
        END))::bigint AS balance,
    max(t.day) FILTER (WHERE (s.debited = (a.kind = 'asset'::text))) AS grew_on
   FROM ((( SELECT transfer.payer_id,
            transfer.debit,
            transfer.credit,
            sum(transfer.amount) AS amount,
            max(transfer.day) AS day
           FROM ledger.transfer
          WHERE (transfer.payer_id <> 0)
          GROUP BY transfer.payer_id, transfer.debit, transfer.credit) t
     CROSS JOIN LATERAL UNNEST(ARRAY[t.debit, t.credit], ARRAY[true, false]) s(account, debited))
     JOIN ledger.account a ON (((a.account = s.account) AND a.per_payer)))
  GROUP BY t.payer_id, a.code;
create view payments.holder with (security_invoker=true) as
 SELECT p.payment_id,
    n.turn,
        CASE
            WHEN (NOT n.recalled) THEN COALESCE(a.payer_id,
            CASE
                WHEN (n.turn = 0) THEN p.payer_id
                ELSE NULL::bigint
            END)
            ELSE NULL::bigint
        END AS held_by,
    n.recalled
   FROM ((payments.payment p
     CROSS JOIN LATERAL ( SELECT (count(*) FILTER (WHERE (r.kind = 'wrong-payer'::text)))::smallint AS turn,
            COALESCE(bool_or((r.kind = ANY (ARRAY['recall'::text, 'returned'::text]))), false) AS recalled
           FROM payments.reversal r
          WHERE (r.payment_id = p.payment_id)) n)
     LEFT JOIN payments.allocation a ON (((a.payment_id = p.payment_id) AND (a.turn = n.turn))));
create view registry.served_district as
 SELECT d.region_code,
    s.office_id
   FROM (((registry.office_district d
     JOIN registry.office o USING (office_id))
     LEFT JOIN registry.office above ON ((above.office_id = o.parent_id)))
     JOIN registry.office s ON ((((s.office_id = o.office_id) OR (s.office_id = o.parent_id)) OR (s.office_id = above.parent_id))))
  WHERE (d.until_day IS NULL);

-- Functions
CREATE OR REPLACE FUNCTION contributions.adopt(fresh regclass, whole regclass, belongs text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
 SET default_statistics_target TO '10'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION contributions.arrears_on(on_day date, payers bigint[] DEFAULT NULL::bigint[])
 RETURNS TABLE(payer_id bigint, run_months integer, run_due date[], first_due date, paid_until smallint, ever_paid boolean)
 LANGUAGE sql
 STABLE PARALLEL SAFE
 SET enable_nestloop TO 'off'
AS $function$
  with b as materialized (
    select b.payer_id, b.month, min(b.due) as due,
      bool_or(b.due < on_day and (b.paid_on is null or b.paid_on > on_day)) as overdue,
      bool_or(b.paid_on is null or b.paid_on > on_day) as unpaid
    from contributions.bill b
    where b.kind in ('month', 'supplement') and b.issued_on <= on_day and b.total > 0 and (payers is null or b.payer_id = any (payers))
    group by b.payer_id, b.month
  ), island as (
    select b.payer_id, b.month, b.due, b.month - row_number() over (partition by b.payer_id order by b.month) as run from b where b.overdue
  ), run as (
    select i.payer_id, count(*)::integer as months, array_agg(i.due order by i.month) as dues, row_number() over (partition by i.payer_id order by count(*) desc, min(i.month) desc) as place
    from island i group by i.payer_id, i.run
  ), paid as (
    select b.payer_id, min(b.month) filter (where b.unpaid) as first_unpaid, max(b.month) as last_month, bool_or(not b.unpaid) as ever_paid, min(b.due) filter (where b.overdue) as first_due
    from b group by b.payer_id
  )
  select p.payer_id, coalesce(r.months, 0), coalesce(r.dues, '{}'), p.first_due, coalesce(p.first_unpaid - 1, p.last_month)::smallint, p.ever_paid
  from paid p left join run r on r.payer_id = p.payer_id and r.place = 1
$function$;

CREATE OR REPLACE FUNCTION contributions.cover_on(on_day date, persons bigint[] DEFAULT NULL::bigint[])
 RETURNS TABLE(person_id bigint, ordinal smallint, segment text, payer_id bigint, payer_kind text, settlement text, programme text, state text, since date, paid_until date, covered_until date, limits text[], reason text)
 LANGUAGE sql
 STABLE
 SET enable_nestloop TO 'off'
AS $function$
  with this as (select contributions.month_number(on_day) as month, contributions.law_month(on_day) as law),
  rule as (
    select distinct on (r.segment, r.settlement, r.programme) r.* from contributions.cover_rule r where r.from_day <= on_day
    order by r.segment, r.settlement, r.programme, r.from_day desc
  ),
  version as (select max(v.version) as version from contributions.tariff_version v, this where v.month = this.law),
  alive as materialized (
    select f.person_id, f.ordinal, f.payer_id, f.joined, p.segment, p.payer_kind, p.settlement, c.programmes
    from contributions.membership_fact f
    join contributions.profile p using (profile_id)
    cross join this cross join version
    join contributions.tariff_range t on t.month = this.law and t.version = version.version and t.profile_id = f.profile_id and f.born >= t.born_from and f.born < t.born_until
    join contributions.tariff_class c on c.month = t.month and c.class = t.class
    where f.from_day <= on_day and (f.until_day is null or f.until_day > on_day) and (persons is null or f.person_id = any (persons))
  ),
  opened as materialized (
    select o.person_id, o.ordinal, max(o.opened_on) as opened_on from contributions.cover_period o
    where o.opened_on <= on_day and (persons is null or o.person_id = any (persons)) group by o.person_id, o.ordinal
  ),
  paid as materialized (
    select s.person_id, s.ordinal, max(s.to_month) as month from contributions.paid_span s
    where s.paid_on <= on_day and (persons is null or s.person_id = any (persons)) group by s.person_id, s.ordinal
  ),
  -- Parts of a contract whose day has passed unpaid.
  late as materialized (
    select i.payer_id, i.contract_id, min(i.due) as due from contributions.premium_part i join contributions.bill b on b.payer_id = i.payer_id and b.bill_id = i.bill_id
    where i.due < on_day and (b.paid_on is null or b.paid_on > on_day)
      and (persons is null or (i.payer_id, i.contract_id) in (select m.payer_id, m.contract_id from contributions.premium_member m where m.person_id = any (persons)))
    group by i.payer_id, i.contract_id
  ),
  -- The days on which somebody works under a contract and a paid part covers them.
  stretch as materialized (
    select m.person_id, m.ordinal, greatest(m.from_day, s.from_day) as from_day, least(m.until_day, s.until_day) as until_day, l.due as late,
      greatest(m.from_day, s.from_day) <= on_day and least(m.until_day, s.until_day) > on_day as runs,
      case when m.window_until <= on_day and m.reported_on > on_day then m.window_until end as unreported
    from contributions.premium_member m join contributions.premium_part s on s.payer_id = m.payer_id and s.contract_id = m.contract_id
    join contributions.bill b on b.payer_id = s.payer_id and b.bill_id = s.bill_id
    left join late l on l.payer_id = m.payer_id and l.contract_id = m.contract_id
    where b.paid_on <= on_day and greatest(m.from_day, s.from_day) < least(m.until_day, s.until_day) and (persons is null or m.person_id = any (persons))
  ),
  contract as materialized (
    select t.person_id, t.ordinal, bool_or(t.runs) as runs, bool_or(t.runs and t.unreported is null) as reported, bool_or(t.runs and t.unreported is null and t.late is null) as clean,
      min(t.late) filter (where t.runs and t.unreported is null) as late, min(t.unreported) filter (where t.runs) as unreported,
      max(t.until_day) as until_day, min(t.from_day) filter (where t.from_day > on_day) as begins
    from stretch t group by t.person_id, t.ordinal
  ),
  arrears as materialized (
    select * from contributions.arrears_on(on_day, case when persons is not null then (select coalesce(array_agg(distinct payer_id), '{}') from alive where settlement = 'receivable') end)
  ),
  taken as materialized (select * from contributions.split_arrears_on(on_day, persons)),
  fact as (
    select a.*, o.opened_on, s.month as paid_month, case when x.payer_id is null then e.run_months else x.run_months end as run_months,
      case when x.payer_id is null then e.run_due else x.run_due end as run_due, case when x.payer_id is null then e.first_due else x.first_due end as first_due,
      case when x.payer_id is null then e.paid_until else x.paid_until end as payer_paid_until, k.runs, k.reported, k.clean, k.late, k.unreported, k.until_day as contract_until, k.begins,
      this.month - s.month as unpaid, d.due as next_due
    from alive a cross join this
    left join opened o using (person_id, ordinal)
    left join paid s using (person_id, ordinal)
    left join arrears e on a.settlement = 'receivable' and e.payer_id = a.payer_id
    left join contract k using (person_id, ordinal)
    left join taken x on a.settlement = 'receivable' and x.payer_id = a.payer_id and x.person_id = a.person_id and x.ordinal = a.ordinal
    left join contributions.month_due d on a.settlement = 'offer' and d.month = s.month + 1 and d.segment = a.segment
  ),
  judged as (
    select f.*, r.programme, r.grace_months, r.arrears_limit, r.waiting_months, r.waiting_limit,
      case
        when f.settlement = 'contract' then case when f.clean then 'covered' when f.reported then r.beyond when f.runs then 'employer pays first' else 'not covered' end
        when f.opened_on is null then 'not covered'
        when f.settlement = 'receivable' then case
          when coalesce(f.run_months, 0) = 0 then 'covered'
          when f.run_months <= r.grace_months then 'covered, contribution outstanding' else r.beyond end
        when f.paid_month is null then 'not covered'
        when f.unpaid > r.grace_months then r.beyond
        when f.unpaid > 1 or (f.unpaid = 1 and f.next_due < on_day) then 'covered, contribution outstanding'
        else 'covered' end as state
    from fact f join rule r on r.segment = f.segment and r.settlement = f.settlement and r.programme = any (string_to_array(f.programmes, ','))
  )
  select j.person_id, j.ordinal, j.segment, j.payer_id, j.payer_kind, j.settlement, j.programme, j.state,
    case
      when j.settlement = 'contract' then case when j.clean then j.opened_on when j.reported then j.late + 1 when j.runs then j.unreported else coalesce(j.contract_until, j.joined) end
      when j.opened_on is null then j.joined
      when j.settlement = 'receivable' then case
        when j.state = 'covered' then j.opened_on
        when j.state = 'covered, contribution outstanding' then j.first_due + 1
        else j.run_due[j.grace_months + 1] + 1 end
      when j.state = 'covered' then j.opened_on
      when j.state = 'covered, contribution outstanding' then j.next_due + 1
      else contributions.first_day((coalesce(j.paid_month, contributions.month_number(j.joined) - 1) + j.grace_months + 1)::smallint) end as since,
    case
      when j.settlement = 'contract' then j.contract_until - 1
      when j.settlement = 'receivable' then case when j.opened_on is not null then contributions.first_day((j.payer_paid_until + 1)::smallint) - 1 end
      else contributions.first_day((j.paid_month + 1)::smallint) - 1 end as paid_until,
    case
      when j.settlement = 'contract' then j.contract_until - 1
      when j.settlement = 'receivable' then null
      else contributions.first_day((j.paid_month + j.grace_months + 1)::smallint) - 1 end as covered_until,
    array_remove(array[
      case when j.waiting_months > 0 and j.waiting_limit <> '' and j.state like 'covered%' and on_day < (j.opened_on + make_interval(months => j.waiting_months))::date then j.waiting_limit end,
      case when j.arrears_limit <> '' and j.state = 'covered, contribution outstanding' then j.arrears_limit end], null) as limits,
    case
      when j.state = 'covered' then null
      when j.settlement = 'contract' then case when j.reported then case when j.state = 'covered, contribution outstanding' then 'contribution-outstanding' else 'employer-unpaid' end
        when j.runs then 'reported-late' when j.contract_until is not null and j.contract_until <= on_day then 'contract-ended' when j.begins is not null then 'contract-not-begun' else 'never-paid' end
      when j.opened_on is null then case when j.settlement = 'receivable' then 'employer-unpaid' else 'never-paid' end
      when j.state = 'covered, contribution outstanding' then 'contribution-outstanding'
      when j.settlement = 'receivable' then 'employer-unpaid'
      when j.paid_month is null then 'never-paid'
      else 'lapsed' end as reason
  from judged j
$function$;

CREATE OR REPLACE FUNCTION contributions.first_day(month smallint)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN make_date((month / 12), (((month)::integer % 12) + 1), 1);

CREATE OR REPLACE FUNCTION contributions.hold_month(month smallint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  execute format('lock table only contributions.entry_%s in share row exclusive mode', month);
end $function$;

CREATE OR REPLACE FUNCTION contributions.law_month(on_day date)
 RETURNS smallint
 LANGUAGE sql
 STABLE
RETURN COALESCE((SELECT max(m.month) AS max FROM contributions.month m WHERE (m.month <= contributions.month_number(law_month.on_day))), (SELECT min(m.month) AS min FROM contributions.month m));

CREATE OR REPLACE FUNCTION contributions.month_number(day date)
 RETURNS smallint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((((EXTRACT(year FROM day) * (12)::numeric) + EXTRACT(month FROM day)) - (1)::numeric))::smallint;

CREATE OR REPLACE FUNCTION contributions.months_late(due date, day date)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (day <= due) THEN 0 ELSE (((((EXTRACT(year FROM day) - EXTRACT(year FROM due)))::integer * 12) + ((EXTRACT(month FROM day) - EXTRACT(month FROM due)))::integer) + CASE WHEN (((due + make_interval(months => (((((EXTRACT(year FROM day) - EXTRACT(year FROM due)) * (12)::numeric) + EXTRACT(month FROM day)) - EXTRACT(month FROM due)))::integer)))::date < day) THEN 1 ELSE 0 END) END;

CREATE OR REPLACE FUNCTION contributions.next_of_month(payers bigint[], of_month smallint)
 RETURNS TABLE(payer_id bigint, n integer)
 LANGUAGE sql
 STABLE
AS $function$
  select p.payer_id, t.n
  from unnest(payers) as p (payer_id)
  cross join lateral (select (max(b.bill_id) & 1048575)::integer as n from contributions.bill b
    where b.payer_id = p.payer_id and b.bill_id >= (p.payer_id << 20) + (of_month - 24000) * 32 and b.bill_id < (p.payer_id << 20) + (of_month - 23999) * 32) l
  cross join lateral (select case when l.n is null then (of_month - 24000) * 32 when l.n % 32 < 31 then l.n + 1 else (select r.n from contributions.next_running(array[p.payer_id]) r) end as n) t
  where t.n < 1048576
$function$;

CREATE OR REPLACE FUNCTION contributions.next_running(payers bigint[])
 RETURNS TABLE(payer_id bigint, n integer)
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select p.payer_id, (greatest(
      (select max(b.bill_id) from contributions.bill b where b.payer_id = p.payer_id and b.bill_id >= (p.payer_id << 20) + 524288),
      (select max(c.bill_id) from contributions.premium_part c where c.payer_id = p.payer_id),
      (p.payer_id << 20) + 524287) & 1048575)::integer + 1
  from unnest(payers) as p (payer_id)
$function$;

CREATE OR REPLACE FUNCTION contributions.open_month(month smallint, first_person bigint, last_person bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION contributions.open_replacements(month smallint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION contributions.place_replacements(month smallint)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
declare
  part text := format('contributions.replacement_%s', month);
begin
  if to_regclass(part) is not null then return; end if;
  execute format('create table %s (like contributions.replacement) partition by range (person_id)', part);
  execute format('alter table %s enable row level security, force row level security', part);
  execute format('alter table contributions.replacement attach partition %s for values in (%s)', part, month);
end $function$;

CREATE OR REPLACE FUNCTION contributions.public_certificate(asked bigint)
 RETURNS TABLE(segment text, name text, payer text, from_day date, until_day date, codes text[], paid_on date, revoked_on date, addenda integer, amended_on date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  with cover as (
    select p.bill_id, p.amounts, b.paid_on from contributions.premium_part p
    join contributions.bill b on b.payer_id = p.payer_id and b.bill_id = p.bill_id
    where p.payer_id = asked >> 20 and p.contract_id = asked and p.from_day is not null
  )
  select c.segment, case when o.name is not null then c.name end, o.name, coalesce(a.from_day, c.from_day), coalesce(a.until_day, c.until_day),
    array(select distinct k from cover v cross join lateral jsonb_object_keys(v.amounts) k order by k),
    (select min(v.paid_on) from cover v),
    (select max(t.day) from ledger.transfer t where t.payer_id = asked >> 20 and t.reason in ('bill-settled', 'premium') and t.reverses is not null
       and t.source_id in (select v.bill_id from cover v)),
    coalesce(a.nth, 0)::integer, a.made_on
  from contributions.premium_contract c join registry.payer y on y.payer_id = c.payer_id
  left join registry.organisation o on o.organisation_id = y.organisation_id
  left join lateral (select d.* from contributions.addendum d where d.payer_id = c.payer_id and d.contract_id = c.contract_id order by d.nth desc limit 1) a on true
  where c.payer_id = asked >> 20 and c.contract_id = asked
$function$;

CREATE OR REPLACE FUNCTION contributions.public_cover(asked_number text, on_day date)
 RETURNS TABLE(merged boolean, segment text, settlement text, programme text, state text, since date, paid_until date, covered_until date, limits text[], reason text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  with who as (select d.person_id, d.alias from registry.member_directory d where d.member_number = asked_number)
  select w.alias, c.segment, c.settlement, c.programme, c.state, c.since, c.paid_until, c.covered_until, c.limits, c.reason
  from who w left join lateral contributions.cover_on(on_day, array(select registry.same_person(w.person_id))) c on true
$function$;

CREATE OR REPLACE FUNCTION contributions.public_membership(asked_number text, on_day date)
 RETURNS TABLE(left_on date, begins_on date, lives boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select max(m.until_day) filter (where m.until_day <= on_day), min(m.from_day) filter (where m.from_day > on_day),
    coalesce(bool_or(m.from_day <= on_day and (m.until_day is null or m.until_day > on_day)), false)
  from registry.member_directory d cross join lateral registry.same_person(d.person_id) as p (person_id) join registry.membership m on m.person_id = p.person_id
  where d.member_number = asked_number
$function$;

CREATE OR REPLACE FUNCTION contributions.public_months(asked_number text, on_day date, since smallint)
 RETURNS TABLE(ordinal smallint, left_on date, month smallint, paid boolean, state text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  with who as (select registry.same_person(d.person_id) as person_id from registry.member_directory d where d.member_number = asked_number),
  told as materialized (
    select t.person_id, t.ordinal, t.month, bool_or(coalesce(t.paid, false)) as paid from (
      -- The first contribution counts, or the one that a split moved to a bill of its own; not one that was taken back and not replaced.
      select k.person_id, k.ordinal, k.month, bool_or(k.entry = k.asked and k.paid_on <= on_day) and not bool_or(k.entry % 2 = 1 and k.entry = k.last and k.paid_on <= on_day) as paid from (
        select c.person_id, c.ordinal, c.month, c.entry, b.paid_on, max(c.entry) over m as last,
          coalesce(max(c.entry) filter (where b.kind = 'split' and c.entry % 2 = 0) over m, min(c.entry) filter (where c.entry % 2 = 0) over m) as asked
        from who w join contributions.contribution c using (person_id)
        join contributions.bill b on b.payer_id = c.bill_id >> 20 and b.bill_id = c.bill_id where c.month >= since
        window m as (partition by c.person_id, c.ordinal, c.month)) k group by k.person_id, k.ordinal, k.month
      union all
      select m.person_id, m.ordinal, g::smallint, b.paid_on <= on_day from who w join contributions.premium_member m using (person_id)
      join contributions.premium_part s on s.payer_id = m.payer_id and s.contract_id = m.contract_id and greatest(m.from_day, s.from_day) < least(m.until_day, s.until_day)
      join contributions.bill b on b.payer_id = s.payer_id and b.bill_id = s.bill_id
      cross join lateral generate_series(greatest(contributions.month_number(greatest(m.from_day, s.from_day)), since)::integer, contributions.month_number(least(m.until_day, s.until_day) - 1)::integer) g
    ) t group by t.person_id, t.ordinal, t.month
  ),
  lived as (
    select m.person_id, m.ordinal, case when m.until_day <= on_day then m.until_day end as left_on, contributions.month_number(m.from_day) as first_month, least(on_day, m.until_day - 1) as last_day
    from who w join registry.membership m using (person_id) where m.from_day <= on_day
  ),
  cell as materialized (
    select l.person_id, l.ordinal, l.left_on, g::smallint as month, coalesce(t.paid, false) as paid, least(contributions.first_day((g + 1)::smallint) - 1, l.last_day) as day
    from lived l cross join lateral generate_series(greatest(l.first_month, since)::integer,
      greatest(contributions.month_number(l.last_day), (select max(k.month) from told k where k.person_id = l.person_id and k.ordinal = l.ordinal and k.paid))::integer) g
    left join told t on t.person_id = l.person_id and t.ordinal = l.ordinal and t.month = g
  ),
  asked as (select distinct c.day from cell c where not c.paid),
  stood as (
    select a.day, k.person_id, k.ordinal, case
      when bool_and(k.state = 'not covered') then 'not covered'
      when bool_or(k.state = 'employer pays first') then 'employer pays first'
      else 'covered, contribution outstanding' end as state
    from asked a cross join lateral contributions.cover_on(a.day, array(select w.person_id from who w)) k group by a.day, k.person_id, k.ordinal
  )
  select (dense_rank() over (order by c.person_id, c.ordinal))::smallint, c.left_on, c.month, c.paid, case when not c.paid then coalesce(s.state, 'not covered') end
  from cell c left join stood s on s.day = c.day and s.person_id = c.person_id and s.ordinal = c.ordinal order by c.person_id, c.ordinal, c.month
$function$;

CREATE OR REPLACE FUNCTION contributions.public_price_facts(asked_number text, on_day date)
 RETURNS TABLE(facts jsonb, born date, base bigint, paid_month smallint, ordinal smallint, alone boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select p.facts, f.born, f.base, (select max(s.to_month) from contributions.paid_span s where s.person_id = f.person_id and s.ordinal = f.ordinal and s.paid_on <= on_day), f.ordinal, y.person_id is not null
  from registry.member_directory d cross join lateral registry.same_person(d.person_id) as o (person_id) join contributions.membership_fact f on f.person_id = o.person_id join contributions.profile p using (profile_id) join registry.payer y on y.payer_id = f.payer_id
  where d.member_number = asked_number and p.settlement = 'offer' and f.from_day <= on_day and (f.until_day is null or f.until_day > on_day)
  order by f.ordinal limit 1
$function$;

CREATE OR REPLACE FUNCTION contributions.split_arrears_on(on_day date, persons bigint[] DEFAULT NULL::bigint[])
 RETURNS TABLE(person_id bigint, ordinal smallint, payer_id bigint, run_months integer, run_due date[], first_due date, paid_until smallint)
 LANGUAGE sql
 STABLE
 SET enable_nestloop TO 'off'
AS $function$
  with moved as materialized (
    select m.* from contributions.split_member m where m.split_on <= on_day and (persons is null or m.person_id = any (persons))
  ), carried as (
    select w.person_id, w.ordinal, b.payer_id, b.bill_id, b.month, b.due, b.paid_on
    from (select distinct m.person_id, m.ordinal, m.payer_id from moved m) w
    join contributions.bill b on b.payer_id = w.payer_id and b.kind in ('month', 'supplement') and b.issued_on <= on_day and b.total > 0
    union all
    select m.person_id, m.ordinal, b.payer_id, b.bill_id, b.month, b.due, b.paid_on
    from moved m join contributions.bill b on b.payer_id = m.payer_id and b.bill_id = m.split_bill_id
  ), b as materialized (
    select c.person_id, c.ordinal, c.payer_id, c.month, min(c.due) as due,
      bool_or(c.due < on_day and (c.paid_on is null or c.paid_on > on_day)) as overdue,
      bool_or(c.paid_on is null or c.paid_on > on_day) as unpaid
    from carried c left join moved m on m.person_id = c.person_id and m.ordinal = c.ordinal and m.payer_id = c.payer_id and m.bill_id = c.bill_id
    where m.person_id is null group by c.person_id, c.ordinal, c.payer_id, c.month
  ), island as (
    select b.*, b.month - row_number() over (partition by b.person_id, b.ordinal, b.payer_id order by b.month) as run from b where b.overdue
  ), run as (
    select i.person_id, i.ordinal, i.payer_id, count(*)::integer as months, array_agg(i.due order by i.month) as dues,
      row_number() over (partition by i.person_id, i.ordinal, i.payer_id order by count(*) desc, min(i.month) desc) as place
    from island i group by i.person_id, i.ordinal, i.payer_id, i.run
  ), paid as (
    select b.person_id, b.ordinal, b.payer_id, min(b.month) filter (where b.unpaid) as first_unpaid, max(b.month) as last_month, min(b.due) filter (where b.overdue) as first_due
    from b group by b.person_id, b.ordinal, b.payer_id
  )
  select p.person_id, p.ordinal, p.payer_id, coalesce(r.months, 0), coalesce(r.dues, '{}'), p.first_due, coalesce(p.first_unpaid - 1, p.last_month)::smallint
  from paid p left join run r on r.person_id = p.person_id and r.ordinal = p.ordinal and r.payer_id = p.payer_id and r.place = 1
$function$;

CREATE OR REPLACE FUNCTION contributions.take_leaf(kept text, month smallint, leaf integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION identity.actor_of_token(hash bytea)
 RETURNS TABLE(actor_id bigint, kind text, name text, person_id bigint, organisation_id bigint, office_id bigint, role text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  today date := (now() at time zone 'UTC')::date;
begin
  update identity.token t set last_used = today where t.hash = actor_of_token.hash and t.revoked is null and t.last_used is distinct from today;
  return query
    select a.actor_id, a.kind, a.name, a.person_id, a.organisation_id, a.office_id, a.role
    from identity.token t join identity.actor a using (actor_id)
    where t.hash = actor_of_token.hash and t.revoked is null and a.active;
end $function$;

CREATE OR REPLACE FUNCTION platform.actor()
 RETURNS bigint
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('payung.actor'::text, true), ''::text))::bigint;

CREATE OR REPLACE FUNCTION platform.close_command_days(before date)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  name text;
  gone integer := 0;
begin
  if before > current_date - 35 then
    raise exception 'commands are kept for 35 days' using errcode = 'PA002';
  end if;
  for name in
    select relname from pg_class where relnamespace = 'platform'::regnamespace and relname ~ '^command_\d{8}$' and to_date(substr(relname, 9), 'YYYYMMDD') < before order by relname
  loop
    execute format('drop table platform.%I', name);
    gone := gone + 1;
  end loop;
  delete from platform.command_rest where day < before;
  return gone;
end $function$;

CREATE OR REPLACE FUNCTION platform.enqueue(task text, payload json, run_at timestamp with time zone DEFAULT NULL::timestamp with time zone, job_key text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$ select graphile_worker.add_job(identifier => task, payload => payload, run_at => run_at, job_key => job_key) $function$;

CREATE OR REPLACE FUNCTION platform.now()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
RETURN (SELECT CASE WHEN clock.demonstration THEN (now() + clock.ahead) ELSE now() END AS now FROM platform.clock);

CREATE OR REPLACE FUNCTION platform.office()
 RETURNS bigint
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('payung.office'::text, true), ''::text))::bigint;

CREATE OR REPLACE FUNCTION platform.open_command_day(day date)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
declare
  name text := 'command_' || to_char(open_command_day.day, 'YYYYMMDD');
begin
  if to_regclass('platform.' || name) is not null then
    return false;
  end if;
  execute format('create table platform.%I (like platform.command including all)', name);
  execute format('with moved as (delete from platform.command_rest where day = %L returning *) insert into platform.%I select * from moved', open_command_day.day, name);
  execute format('alter table platform.command attach partition platform.%I for values from (%L) to (%L)', name, open_command_day.day, open_command_day.day + 1);
  return true;
end $function$;

CREATE OR REPLACE FUNCTION platform.organisation()
 RETURNS bigint
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('payung.organisation'::text, true), ''::text))::bigint;

CREATE OR REPLACE FUNCTION platform.person()
 RETURNS bigint
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('payung.person'::text, true), ''::text))::bigint;

CREATE OR REPLACE FUNCTION platform.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
begin
  raise exception '% on %.% is refused: its rows are never changed; a correction is a new row', tg_op, tg_table_schema, tg_table_name using errcode = 'PA001';
end $function$;

CREATE OR REPLACE FUNCTION registry.entry_facts(persons bigint[])
 RETURNS TABLE(person_id bigint, born date, sex text, last_ordinal smallint, died_on date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select p.person_id, p.born, p.sex, (select coalesce(max(m.ordinal), 0::smallint) from registry.membership m where m.person_id = p.person_id),
    (select max(o.died_on) from registry.persons_of_one(p.person_id) as s (person_id) join registry.person o on o.person_id = s.person_id)
  from registry.person p where p.person_id = any (persons) $function$;

CREATE OR REPLACE FUNCTION registry.entry_memberships(persons bigint[])
 RETURNS TABLE(person_id bigint, segment text, organisation_id bigint, programmes text, from_day date, until_day date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select asked, m.segment, m.organisation_id, m.programmes, m.from_day, m.until_day
  from unnest(persons) as asked cross join lateral registry.persons_of_one(asked) as s (person_id) join registry.membership m on m.person_id = s.person_id $function$;

CREATE OR REPLACE FUNCTION registry.own_memberships()
 RETURNS TABLE(person_id bigint, ordinal smallint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$ select person_id, ordinal from registry.membership where organisation_id = platform.organisation() $function$;

CREATE OR REPLACE FUNCTION registry.own_payers()
 RETURNS SETOF bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$ select payer_id from registry.payer where person_id in (select registry.own_persons()) or organisation_id = platform.organisation() $function$;

CREATE OR REPLACE FUNCTION registry.own_persons()
 RETURNS SETOF bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog'
AS $function$
  select registry.persons_of_one(platform.person()) where platform.person() is not null $function$;

CREATE OR REPLACE FUNCTION registry.own_workers()
 RETURNS SETOF bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$ select person_id from registry.membership where organisation_id = platform.organisation() and (until_day is null or until_day > platform.now()::date) $function$;

CREATE OR REPLACE FUNCTION registry.persons_named(numbers text[])
 RETURNS TABLE(member_number text, persons bigint[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
  select d.member_number, array_agg(s.person_id order by s.person_id = u.person_id desc nulls last, s.person_id = d.person_id desc, s.person_id)
  from registry.member_directory d left join registry.person u on u.member_number = d.member_number
  cross join lateral registry.same_person(d.person_id) as s (person_id) where d.member_number = any (numbers) group by d.member_number $function$;

CREATE OR REPLACE FUNCTION registry.persons_of_one(person bigint)
 RETURNS SETOF bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog'
AS $function$
  select registry.same_person(coalesce(
    (select d.person_id from registry.person p join registry.member_directory d using (member_number) where p.person_id = person), person)) $function$;

CREATE OR REPLACE FUNCTION registry.same_person(person bigint)
 RETURNS SETOF bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'pg_catalog'
AS $function$
  select person union all
  select p.person_id from registry.member_directory d join registry.person p on p.member_number = d.member_number
  where d.person_id = person and d.alias and p.person_id <> person $function$;

CREATE OR REPLACE FUNCTION registry.sees_all()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  return exists (select from registry.office where office_id = platform.office() and kind = 'head');
end $function$;

CREATE OR REPLACE FUNCTION registry.served_districts()
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$ select region_code from registry.served_district where office_id = platform.office() $function$;

CREATE OR REPLACE FUNCTION registry.serves_payer(office bigint, payer bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  return exists (select from registry.office o where o.office_id = office and o.kind = 'head')
    or exists (select from registry.payer p join registry.organisation n using (organisation_id) join registry.served_district d using (region_code)
               where p.payer_id = payer and p.kind <> 'state' and d.office_id = office)
    or exists (select from registry.payer p join registry.person n using (person_id) join registry.served_district d using (region_code)
               where p.payer_id = payer and d.office_id = office);
end $function$;

CREATE OR REPLACE FUNCTION registry.serves_person(office bigint, person bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
begin
  return exists (select from registry.office o where o.office_id = office and o.kind = 'head')
    or exists (select from registry.person n join registry.served_district d using (region_code) where n.person_id = person and d.office_id = office);
end $function$;

CREATE OR REPLACE FUNCTION savings.take_statements(year smallint, programme text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
 SET default_statistics_target TO '10'
AS $function$
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
end $function$;


-- Aggregates
create aggregate platform.total(bigint) (sfunc = int8pl, stype = bigint, combinefunc = int8pl, parallel = safe);

-- Triggers
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON contributions.addendum FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON contributions.deferral FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON contributions.deferral_instalment FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER late_warning_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON contributions.late_warning FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER noted_claim_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON contributions.noted_claim FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON contributions.paid_change FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON contributions.reduction FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER reinstatement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON contributions.reinstatement FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER reinstatement_member_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON contributions.reinstatement_member FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER reinstatement_verdict_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON contributions.reinstatement_verdict FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON ledger.transfer FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER letter_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON notices.letter FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER letter_code_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON notices.letter_code FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER telling_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON notices.telling FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON payments.allocation FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON payments.offset_offer FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON payments.payment FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON payments.queue_taking FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON payments.request_part FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON payments.reversal FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER access_trail_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON platform.access_trail FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER event_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON platform.event FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON registry.closing FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER membership_deed_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON registry.membership_deed FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER merge_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON registry.merge FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON registry.reopening FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER unmerge_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON registry.unmerge FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON savings.bill_booking FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON savings.closing FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON savings.control_check FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON savings.credit FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON savings.entry FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON savings.rate FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON savings.restatement FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON savings.statement FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON savings.year FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

-- Row security
create policy definer_reads on contributions.addendum as permissive for select to payung_owner using (true);
create policy online_sees on contributions.addendum as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on contributions.addendum as permissive for all to payung_run using (true) with check (true);
create policy definer_reads on contributions.bill as permissive for select to payung_owner using (true);
create policy online_adds on contributions.bill as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_changes on contributions.bill as permissive for update to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on contributions.bill as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on contributions.bill as permissive for all to payung_run using (true) with check (true);
create policy online_adds on contributions.bill_split as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on contributions.bill_split as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on contributions.bill_split as permissive for all to payung_run using (true) with check (true);
create policy online_finishes on contributions.correction as permissive for update to payung_online using (((( SELECT platform.office() AS office) IS NOT NULL) AND (state = 'approved'::text))) with check ((state = 'done'::text));
create policy online_sees on contributions.correction as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on contributions.correction as permissive for all to payung_run using (true) with check (true);
create policy online_changes on contributions.correction_row as permissive for update to payung_online using (( SELECT registry.sees_all() AS sees_all));
create policy online_sees on contributions.correction_row as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers)) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on contributions.correction_row as permissive for all to payung_run using (true) with check (true);
create policy online_adds on contributions.counter_bill as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on contributions.counter_bill as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on contributions.counter_bill as permissive for all to payung_run using (true) with check (true);
create policy definer_reads on contributions.cover_period as permissive for select to payung_owner using (true);
create policy online_adds on contributions.cover_period as permissive for insert to payung_online with check ((( SELECT platform.office() AS office) IS NOT NULL));
create policy online_sees on contributions.cover_period as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR ((person_id, ordinal) IN ( SELECT o.person_id,
    o.ordinal
   FROM registry.own_memberships() o(person_id, ordinal))) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy online_takes_back on contributions.cover_period as permissive for delete to payung_online using ((( SELECT platform.office() AS office) IS NOT NULL));
create policy run_all on contributions.cover_period as permissive for all to payung_run using (true) with check (true);
create policy online_adds on contributions.deferral as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on contributions.deferral as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on contributions.deferral as permissive for all to payung_run using (true) with check (true);
create policy online_sees on contributions.deferral_instalment as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on contributions.deferral_instalment as permissive for all to payung_run using (true) with check (true);
create policy definer_reads on contributions.entry as permissive for select to payung_owner using (true);
create policy online_adds on contributions.entry as permissive for insert to payung_online with check ((( SELECT platform.office() AS office) IS NOT NULL));
create policy online_sees on contributions.entry as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR ((bill_id >> 20) IN ( SELECT registry.own_payers() AS own_payers)) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on contributions.entry as permissive for all to payung_run using (true) with check (true);
create policy online_adds on contributions.fine as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on contributions.fine as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on contributions.fine as permissive for all to payung_run using (true) with check (true);
create policy online_sees on contributions.late_warning as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on contributions.late_warning as permissive for all to payung_run using (true) with check (true);
create policy definer_reads on contributions.membership_fact as permissive for select to payung_owner using (true);
create policy online_adds on contributions.membership_fact as permissive for insert to payung_online with check ((( SELECT platform.office() AS office) IS NOT NULL));
create policy online_changes on contributions.membership_fact as permissive for update to payung_online using ((( SELECT platform.office() AS office) IS NOT NULL));
create policy online_sees on contributions.membership_fact as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR ((person_id, ordinal) IN ( SELECT o.person_id,
    o.ordinal
   FROM registry.own_memberships() o(person_id, ordinal))) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on contributions.membership_fact as permissive for all to payung_run using (true) with check (true);
create policy online_adds on contributions.noted_claim as permissive for insert to payung_online with check ((( SELECT platform.office() AS office) IS NOT NULL));
create policy online_sees on contributions.noted_claim as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on contributions.noted_claim as permissive for all to payung_run using (true) with check (true);
create policy online_adds on contributions.paid_change as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on contributions.paid_change as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on contributions.paid_change as permissive for all to payung_run using (true) with check (true);
create policy definer_reads on contributions.paid_span as permissive for select to payung_owner using (true);
create policy online_adds on contributions.paid_span as permissive for insert to payung_online with check ((( SELECT platform.office() AS office) IS NOT NULL));
create policy online_sees on contributions.paid_span as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR ((person_id, ordinal) IN ( SELECT o.person_id,
    o.ordinal
   FROM registry.own_memberships() o(person_id, ordinal))) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy online_takes_back on contributions.paid_span as permissive for delete to payung_online using ((( SELECT platform.office() AS office) IS NOT NULL));
create policy run_all on contributions.paid_span as permissive for all to payung_run using (true) with check (true);
create policy definer_reads on contributions.premium_contract as permissive for select to payung_owner using (true);
create policy online_adds on contributions.premium_contract as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on contributions.premium_contract as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on contributions.premium_contract as permissive for all to payung_run using (true) with check (true);
create policy definer_reads on contributions.premium_member as permissive for select to payung_owner using (true);
create policy online_adds on contributions.premium_member as permissive for insert to payung_online with check ((( SELECT platform.office() AS office) IS NOT NULL));
create policy online_sees on contributions.premium_member as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR ((person_id, ordinal) IN ( SELECT o.person_id,
    o.ordinal
   FROM registry.own_memberships() o(person_id, ordinal))) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on contributions.premium_member as permissive for all to payung_run using (true) with check (true);
create policy definer_reads on contributions.premium_part as permissive for select to payung_owner using (true);
create policy online_adds on contributions.premium_part as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on contributions.premium_part as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on contributions.premium_part as permissive for all to payung_run using (true) with check (true);
create policy online_adds on contributions.reduction as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on contributions.reduction as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on contributions.reduction as permissive for all to payung_run using (true) with check (true);
create policy online_sees on contributions.reinstatement as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on contributions.reinstatement as permissive for all to payung_run using (true) with check (true);
create policy online_sees on contributions.reinstatement_member as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers)) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on contributions.reinstatement_member as permissive for all to payung_run using (true) with check (true);
create policy online_sees on contributions.reinstatement_verdict as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on contributions.reinstatement_verdict as permissive for all to payung_run using (true) with check (true);
create policy definer_reads on contributions.replacement as permissive for select to payung_owner using (true);
create policy online_sees on contributions.replacement as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR ((bill_id >> 20) IN ( SELECT registry.own_payers() AS own_payers)) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on contributions.replacement as permissive for all to payung_run using (true) with check (true);
create policy definer_reads on contributions.split_member as permissive for select to payung_owner using (true);
create policy online_adds on contributions.split_member as permissive for insert to payung_online with check ((( SELECT platform.office() AS office) IS NOT NULL));
create policy online_sees on contributions.split_member as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR ((person_id, ordinal) IN ( SELECT o.person_id,
    o.ordinal
   FROM registry.own_memberships() o(person_id, ordinal))) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on contributions.split_member as permissive for all to payung_run using (true) with check (true);
create policy online_adds on contributions.wage_report as permissive for insert to payung_online with check ((( SELECT platform.office() AS office) IS NOT NULL));
create policy online_sees on contributions.wage_report as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR ((person_id, ordinal) IN ( SELECT o.person_id,
    o.ordinal
   FROM registry.own_memberships() o(person_id, ordinal))) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on contributions.wage_report as permissive for all to payung_run using (true) with check (true);
create policy definer_reads on ledger.transfer as permissive for select to payung_owner using (true);
create policy online_adds on ledger.transfer as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on ledger.transfer as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on ledger.transfer as permissive for all to payung_run using (true) with check (true);
create policy online_adds on notices.letter as permissive for insert to payung_online with check (true);
create policy online_sees on notices.letter as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers)) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (person_id IN ( SELECT person.person_id
   FROM registry.person))))));
create policy run_all on notices.letter as permissive for all to payung_run using (true) with check (true);
create policy online_sees on notices.letter_code as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers)) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (person_id IN ( SELECT person.person_id
   FROM registry.person))))));
create policy run_all on notices.letter_code as permissive for all to payung_run using (true) with check (true);
create policy online_sees on notices.telling as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers)) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (person_id IN ( SELECT person.person_id
   FROM registry.person))))));
create policy run_all on notices.telling as permissive for all to payung_run using (true) with check (true);
create policy online_adds on payments.allocation as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on payments.allocation as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on payments.allocation as permissive for all to payung_run using (true) with check (true);
create policy online_sees on payments.offset_offer as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on payments.offset_offer as permissive for all to payung_run using (true) with check (true);
create policy online_adds on payments.payable as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_changes on payments.payable as permissive for update to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on payments.payable as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on payments.payable as permissive for all to payung_run using (true) with check (true);
create policy online_adds on payments.payment as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on payments.payment as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on payments.payment as permissive for all to payung_run using (true) with check (true);
create policy online_adds on payments.payout_order as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_changes on payments.payout_order as permissive for update to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on payments.payout_order as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on payments.payout_order as permissive for all to payung_run using (true) with check (true);
create policy online_adds on payments.queue_taking as permissive for insert to payung_online with check ((( SELECT platform.office() AS office) IS NOT NULL));
create policy online_sees on payments.queue_taking as permissive for select to payung_online using ((( SELECT platform.office() AS office) IS NOT NULL));
create policy run_all on payments.queue_taking as permissive for all to payung_run using (true) with check (true);
create policy online_adds on payments.request as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_changes on payments.request as permissive for update to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on payments.request as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR ((payer_id = 0) AND (( SELECT platform.office() AS office) IS NOT NULL)) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on payments.request as permissive for all to payung_run using (true) with check (true);
create policy online_adds on payments.request_part as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on payments.request_part as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on payments.request_part as permissive for all to payung_run using (true) with check (true);
create policy online_adds on payments.reversal as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on payments.reversal as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on payments.reversal as permissive for all to payung_run using (true) with check (true);
create policy trail_for_set_work on platform.access_trail as permissive for select to payung_run using (true);
create policy trail_of_oneself on platform.access_trail as permissive for select to payung_online using ((person_id IN ( SELECT registry.own_persons() AS own_persons)));
create policy trail_written on platform.access_trail as permissive for insert to payung_online, payung_run with check (true);
create policy own_commands on platform.command as permissive for all to payung_online, payung_run, payung_seal using ((actor = ( SELECT platform.actor() AS actor))) with check ((actor = ( SELECT platform.actor() AS actor)));
create policy online_adds on registry.arrangement as permissive for insert to payung_online with check (((( SELECT platform.office() AS office) IS NOT NULL) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers)) OR (person_id = ( SELECT platform.person() AS person))));
create policy online_changes on registry.arrangement as permissive for update to payung_online using ((( SELECT platform.office() AS office) IS NOT NULL));
create policy online_sees on registry.arrangement as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers)) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on registry.arrangement as permissive for all to payung_run using (true) with check (true);
create policy online_adds on registry.closing as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on registry.closing as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on registry.closing as permissive for all to payung_run using (true) with check (true);
create policy online_sees on registry.duplicate as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on registry.duplicate as permissive for all to payung_run using (true) with check (true);
create policy definer_reads on registry.membership as permissive for select to payung_owner using (true);
create policy doors_read on registry.membership as permissive for select to payung_owner using (true);
create policy online_adds on registry.membership as permissive for insert to payung_online with check (((( SELECT platform.office() AS office) IS NOT NULL) OR (organisation_id = ( SELECT platform.organisation() AS organisation)) OR (person_id = ( SELECT platform.person() AS person))));
create policy online_changes on registry.membership as permissive for update to payung_online using ((( SELECT platform.office() AS office) IS NOT NULL));
create policy online_sees on registry.membership as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR (organisation_id = ( SELECT platform.organisation() AS organisation)) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on registry.membership as permissive for all to payung_run using (true) with check (true);
create policy online_adds on registry.membership_deed as permissive for insert to payung_online with check ((( SELECT platform.office() AS office) IS NOT NULL));
create policy online_sees on registry.membership_deed as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR ((person_id, ordinal) IN ( SELECT o.person_id,
    o.ordinal
   FROM registry.own_memberships() o(person_id, ordinal))) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on registry.membership_deed as permissive for all to payung_run using (true) with check (true);
create policy online_sees on registry.merge as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on registry.merge as permissive for all to payung_run using (true) with check (true);
create policy doors_read on registry.person as permissive for select to payung_owner using (true);
create policy online_adds on registry.person as permissive for insert to payung_online with check (((( SELECT platform.office() AS office) IS NOT NULL) OR (( SELECT platform.organisation() AS organisation) IS NOT NULL) OR (person_id = ( SELECT platform.person() AS person))));
create policy online_changes on registry.person as permissive for update to payung_online using ((( SELECT platform.office() AS office) IS NOT NULL));
create policy online_sees on registry.person as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR (region_code IN ( SELECT registry.served_districts() AS served_districts)) OR (person_id IN ( SELECT registry.own_workers() AS own_workers))));
create policy run_all on registry.person as permissive for all to payung_run using (true) with check (true);
create policy online_adds on registry.reopening as permissive for insert to payung_online with check ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id)));
create policy online_sees on registry.reopening as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR registry.serves_payer(( SELECT platform.office() AS office), payer_id) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy run_all on registry.reopening as permissive for all to payung_run using (true) with check (true);
create policy online_sees on registry.unmerge as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on registry.unmerge as permissive for all to payung_run using (true) with check (true);
create policy online_adds on savings.bill_booking as permissive for insert to payung_online with check (((( SELECT platform.office() AS office) IS NOT NULL) OR (payer_id IN ( SELECT registry.own_payers() AS own_payers))));
create policy online_sees on savings.bill_booking as permissive for select to payung_online using (((( SELECT platform.office() AS office) IS NOT NULL) OR ((payer_id, bill_id) IN ( SELECT b.payer_id,
    b.bill_id
   FROM contributions.bill b))));
create policy run_all on savings.bill_booking as permissive for all to payung_run using (true) with check (true);
create policy online_adds on savings.entry as permissive for insert to payung_online with check (((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person))));
create policy online_sees on savings.entry as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on savings.entry as permissive for all to payung_run using (true) with check (true);
create policy online_sees on savings.request as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on savings.request as permissive for all to payung_run using (true) with check (true);
create policy online_sees on savings.statement as permissive for select to payung_online using ((( SELECT registry.sees_all() AS sees_all) OR (person_id IN ( SELECT registry.own_persons() AS own_persons)) OR ((( SELECT platform.office() AS office) IS NOT NULL) AND (person_id IN ( SELECT person.person_id
   FROM registry.person)))));
create policy run_all on savings.statement as permissive for all to payung_run using (true) with check (true);

-- Rights on tables, views and sequences
grant select on contributions.addendum to payung_online;
grant insert, select on contributions.addendum to payung_run;
grant insert, select on contributions.bill to payung_online;
grant delete, insert, select on contributions.bill to payung_run;
grant select on contributions.bill_split to payung_online;
grant insert, select on contributions.bill_split to payung_run;
grant select on contributions.contribution to payung_online;
grant select on contributions.contribution to payung_run;
grant insert, select on contributions.control_check to payung_online;
grant select on contributions.control_check to payung_public;
grant insert, select on contributions.control_check to payung_run;
grant select on contributions.correction to payung_online;
grant insert, select on contributions.correction to payung_run;
grant select on contributions.correction_row to payung_online;
grant insert, select on contributions.correction_row to payung_run;
grant insert, select on contributions.counter_bill to payung_online;
grant insert, select on contributions.counter_bill to payung_run;
grant delete, insert, select on contributions.cover_period to payung_online;
grant delete, insert, select on contributions.cover_period to payung_run;
grant select on contributions.cover_rule to payung_online;
grant select on contributions.cover_rule to payung_public;
grant insert, select on contributions.cover_rule to payung_run;
grant insert, select on contributions.deferral to payung_online;
grant insert, select on contributions.deferral to payung_run;
grant select on contributions.deferral_instalment to payung_online;
grant insert, select on contributions.deferral_instalment to payung_run;
grant insert, select on contributions.entry to payung_online;
grant insert, select on contributions.entry to payung_run;
grant insert, select on contributions.fine to payung_online;
grant insert, select on contributions.fine to payung_run;
grant select on contributions.late_warning to payung_online;
grant insert, select on contributions.late_warning to payung_run;
grant insert, select on contributions.membership_fact to payung_online;
grant insert, select on contributions.membership_fact to payung_run;
grant select on contributions.month to payung_online;
grant select on contributions.month to payung_public;
grant insert, select on contributions.month to payung_run;
grant insert, select on contributions.month_due to payung_online;
grant insert, select on contributions.month_due to payung_run;
grant insert, select on contributions.noted_claim to payung_online;
grant insert, select on contributions.noted_claim to payung_run;
grant insert, select on contributions.paid_change to payung_online;
grant insert, select on contributions.paid_change to payung_run;
grant delete, insert, select on contributions.paid_span to payung_online;
grant delete, insert, select on contributions.paid_span to payung_run;
grant insert, select on contributions.premium_contract to payung_online;
grant insert, select on contributions.premium_contract to payung_run;
grant insert, select on contributions.premium_member to payung_online;
grant insert, select on contributions.premium_member to payung_run;
grant insert, select on contributions.premium_part to payung_online;
grant insert, select on contributions.premium_part to payung_run;
grant insert, select on contributions.profile to payung_online;
grant insert, select on contributions.profile to payung_run;
grant select on contributions.reassessment to payung_online;
grant insert, select on contributions.reassessment to payung_run;
grant insert, select on contributions.reduction to payung_online;
grant insert, select on contributions.reduction to payung_run;
grant select on contributions.reinstatement to payung_online;
grant insert, select on contributions.reinstatement to payung_run;
grant select on contributions.reinstatement_member to payung_online;
grant insert, select on contributions.reinstatement_member to payung_run;
grant select on contributions.reinstatement_state to payung_online;
grant select on contributions.reinstatement_state to payung_run;
grant select on contributions.reinstatement_verdict to payung_online;
grant insert, select on contributions.reinstatement_verdict to payung_run;
grant select on contributions.replacement to payung_online;
grant insert, select on contributions.replacement to payung_run;
grant select on contributions.run_step to payung_online;
grant insert, select on contributions.run_step to payung_run;
grant select on contributions.split_member to payung_online;
grant insert, select on contributions.split_member to payung_run;
grant insert, select on contributions.tariff_class to payung_online;
grant insert, select on contributions.tariff_class to payung_run;
grant insert, select on contributions.tariff_line to payung_online;
grant insert, select on contributions.tariff_line to payung_run;
grant insert, select on contributions.tariff_range to payung_online;
grant insert, select on contributions.tariff_range to payung_run;
grant insert, select on contributions.tariff_version to payung_online;
grant select on contributions.tariff_version to payung_public;
grant insert, select on contributions.tariff_version to payung_run;
grant insert, select on contributions.wage_report to payung_online;
grant insert, select on contributions.wage_report to payung_run;
grant select on coverage.daily_count to payung_online;
grant select on coverage.daily_count to payung_public;
grant delete, insert, select, update on coverage.daily_count to payung_run;
grant select on coverage.month_bills to payung_online;
grant select on coverage.month_bills to payung_public;
grant delete, insert, select, update on coverage.month_bills to payung_run;
grant select on coverage.month_figure to payung_online;
grant select on coverage.month_figure to payung_public;
grant delete, insert, select, update on coverage.month_figure to payung_run;
grant select on coverage.population to payung_online;
grant select on coverage.population to payung_public;
grant delete, insert, select, update on coverage.population to payung_run;
grant select on coverage.registered to payung_online;
grant select on coverage.registered to payung_public;
grant delete, insert, select, update on coverage.registered to payung_run;
grant insert, select on identity.actor to payung_run;
grant insert, select on identity.token to payung_run;
grant select on ledger.account to payung_online;
grant select on ledger.account to payung_public;
grant insert, select on ledger.account to payung_run;
grant select on ledger.payer_balance to payung_online;
grant select on ledger.payer_balance to payung_run;
grant insert, select on ledger.transfer to payung_online;
grant insert, select on ledger.transfer to payung_run;
grant insert, select on notices.letter to payung_online;
grant insert, select on notices.letter to payung_run;
grant select on notices.letter_code to payung_online;
grant insert, select on notices.letter_code to payung_run;
grant select on notices.telling to payung_online;
grant insert, select on notices.telling to payung_run;
grant insert, select on payments.allocation to payung_online;
grant insert, select on payments.allocation to payung_run;
grant select on payments.holder to payung_online;
grant select on payments.holder to payung_run;
grant select on payments.offset_offer to payung_online;
grant insert, select on payments.offset_offer to payung_run;
grant insert, select on payments.payable to payung_online;
grant insert, select on payments.payable to payung_run;
grant insert, select on payments.payment to payung_online;
grant insert, select on payments.payment to payung_run;
grant insert, select on payments.payout_order to payung_online;
grant insert, select on payments.payout_order to payung_run;
grant insert, select on payments.queue_taking to payung_online;
grant insert, select on payments.queue_taking to payung_run;
grant insert, select on payments.request to payung_online;
grant insert, select on payments.request to payung_run;
grant insert, select on payments.request_part to payung_online;
grant insert, select on payments.request_part to payung_run;
grant insert, select on payments.reversal to payung_online;
grant insert, select on payments.reversal to payung_run;
grant insert, select on platform.access_trail to payung_online;
grant insert, select on platform.access_trail to payung_run;
grant select on platform.clock to payung_online;
grant select on platform.clock to payung_public;
grant select, update on platform.clock to payung_run;
grant select on platform.clock to payung_seal;
grant insert, select on platform.command to payung_online;
grant insert, select on platform.command to payung_run;
grant insert, select on platform.command to payung_seal;
grant insert, select on platform.daily_run to payung_run;
grant insert on platform.event to payung_online;
grant insert, select on platform.event to payung_run;
grant insert, select on platform.event to payung_seal;
grant select on platform.progress to payung_online;
grant delete, insert, select, update on platform.progress to payung_run;
grant delete, insert, select, update on platform.progress to payung_seal;
grant select on platform.setting to payung_online;
grant select on platform.setting to payung_public;
grant delete, insert, select, update on platform.setting to payung_run;
grant select on platform.setting to payung_seal;
grant insert, select on registry.arrangement to payung_online;
grant insert, select on registry.arrangement to payung_run;
grant insert, select on registry.closing to payung_online;
grant insert, select on registry.closing to payung_run;
grant select on registry.duplicate to payung_online;
grant insert, select on registry.duplicate to payung_run;
grant insert, select on registry.member_directory to payung_online;
grant delete, insert, select on registry.member_directory to payung_run;
grant insert, select on registry.membership to payung_online;
grant insert, select on registry.membership to payung_run;
grant insert, select on registry.membership_deed to payung_online;
grant insert, select on registry.membership_deed to payung_run;
grant select on registry.merge to payung_online;
grant insert, select on registry.merge to payung_run;
grant insert, select on registry.number_directory to payung_online;
grant insert, select on registry.number_directory to payung_run;
grant select on registry.office to payung_online;
grant select on registry.office to payung_public;
grant insert, select, update on registry.office to payung_run;
grant select on registry.office_district to payung_online;
grant select on registry.office_district to payung_public;
grant insert, select, update on registry.office_district to payung_run;
grant insert, select on registry.organisation to payung_online;
grant insert, select on registry.organisation to payung_run;
grant insert, select on registry.organisation_fact to payung_online;
grant insert, select on registry.organisation_fact to payung_run;
grant usage on registry.organisation_id to payung_online;
grant usage on registry.organisation_id to payung_run;
grant insert, select on registry.payer to payung_online;
grant insert, select on registry.payer to payung_run;
grant usage on registry.payer_id to payung_online;
grant usage on registry.payer_id to payung_run;
grant insert, select on registry.person to payung_online;
grant insert, select on registry.person to payung_run;
grant usage on registry.person_id to payung_online;
grant usage on registry.person_id to payung_run;
grant select on registry.region to payung_online;
grant select on registry.region to payung_public;
grant insert, select, update on registry.region to payung_run;
grant insert, select on registry.reopening to payung_online;
grant insert, select on registry.reopening to payung_run;
grant select on registry.served_district to payung_online;
grant select on registry.served_district to payung_run;
grant select on registry.unmerge to payung_online;
grant insert, select on registry.unmerge to payung_run;
grant delete, insert, select on savings.awaited to payung_run;
grant insert, select on savings.bill_booking to payung_online;
grant insert, select on savings.bill_booking to payung_run;
grant select on savings.closing to payung_online;
grant insert, select on savings.closing to payung_run;
grant select on savings.control_check to payung_online;
grant insert, select on savings.control_check to payung_run;
grant select on savings.credit to payung_online;
grant insert, select on savings.credit to payung_run;
grant insert, select on savings.entry to payung_online;
grant insert, select on savings.entry to payung_run;
grant select on savings.rate to payung_online;
grant insert, select on savings.rate to payung_run;
grant select on savings.request to payung_online;
grant insert, select on savings.request to payung_run;
grant select on savings.restatement to payung_online;
grant insert, select on savings.restatement to payung_run;
grant select on savings.statement to payung_online;
grant select on savings.statement to payung_run;
grant select on savings.year to payung_online;
grant insert, select on savings.year to payung_run;
grant insert, select on takeover.import to payung_run;
grant insert, select on takeover.organisation_number to payung_run;

-- Rights on columns
grant update (carried, correction, due, employer, facts_digest, fine, issued_on, made_on, members, paid_on, state, state_part, worker) on contributions.bill to payung_online;
grant update (carried, correction, due, employer, facts_digest, fine, issued_on, made_on, members, paid_on, state, state_part, worker) on contributions.bill to payung_run;
grant update (done_on, state) on contributions.correction to payung_online;
grant update (bill_id, decided_by, decided_on, decided_why, done_on, level, state) on contributions.correction to payung_run;
grant update (stays_ended) on contributions.correction_row to payung_online;
grant update (stays_ended) on contributions.correction_row to payung_run;
grant update (base, base_month, payer_id, profile_id, until_day) on contributions.membership_fact to payung_online;
grant update (base, base_month, payer_id, profile_id, until_day) on contributions.membership_fact to payung_run;
grant update (closed_on, state) on contributions.month to payung_run;
grant update (from_day, until_day) on contributions.premium_member to payung_run;
grant update (from_day, until_day) on contributions.premium_part to payung_run;
grant update (credits, done_on, memberships, payers, state, supplements) on contributions.reassessment to payung_run;
grant update (active, name, office_id, role) on identity.actor to payung_run;
grant update (last_used, revoked) on identity.token to payung_run;
grant update (countered, settled_on) on payments.payable to payung_online;
grant update (countered, settled_on) on payments.payable to payung_run;
grant update (paid_on, reference, state) on payments.payout_order to payung_online;
grant update (paid_on, reference, state) on payments.payout_order to payung_run;
grant update (decided_by, decided_on, decided_why, state) on payments.request to payung_online;
grant update (decided_by, decided_on, decided_why, state) on payments.request to payung_run;
grant update (until_day) on registry.arrangement to payung_online;
grant update (until_day) on registry.arrangement to payung_run;
grant update (dismissed_on, dismissed_why) on registry.duplicate to payung_run;
grant update (alias, person_id) on registry.member_directory to payung_run;
grant update (end_reason, until_day) on registry.membership to payung_online;
grant update (end_reason, until_day) on registry.membership to payung_run;
grant update (person_id) on registry.number_directory to payung_run;
grant update (funding_code) on registry.payer to payung_online;
grant update (funding_code) on registry.payer to payung_run;
grant update (died_on, name, number_cipher, region_code) on registry.person to payung_online;
grant update (died_on, name, number_cipher, region_code) on registry.person to payung_run;
grant update (decided_by, decided_on, decided_why, state) on savings.request to payung_run;
grant update (begun, counts, ended, folder, state) on takeover.import to payung_run;

-- Rights on functions
grant execute on function contributions.arrears_on(date,bigint[]) to payung_online;
grant execute on function contributions.arrears_on(date,bigint[]) to payung_run;
grant execute on function contributions.cover_on(date,bigint[]) to payung_online;
grant execute on function contributions.cover_on(date,bigint[]) to payung_run;
grant execute on function contributions.first_day(smallint) to public;
grant execute on function contributions.hold_month(smallint) to payung_run;
grant execute on function contributions.law_month(date) to payung_online;
grant execute on function contributions.law_month(date) to payung_run;
grant execute on function contributions.month_number(date) to public;
grant execute on function contributions.months_late(date,date) to public;
grant execute on function contributions.next_of_month(bigint[],smallint) to public;
grant execute on function contributions.next_running(bigint[]) to public;
grant execute on function contributions.open_month(smallint,bigint,bigint) to payung_run;
grant execute on function contributions.open_replacements(smallint) to payung_run;
grant execute on function contributions.public_certificate(bigint) to payung_public;
grant execute on function contributions.public_cover(text,date) to payung_public;
grant execute on function contributions.public_membership(text,date) to payung_public;
grant execute on function contributions.public_months(text,date,smallint) to payung_public;
grant execute on function contributions.public_price_facts(text,date) to payung_public;
grant execute on function contributions.split_arrears_on(date,bigint[]) to payung_online;
grant execute on function contributions.split_arrears_on(date,bigint[]) to payung_run;
grant execute on function contributions.take_leaf(text,smallint,integer) to payung_run;
grant execute on function identity.actor_of_token(bytea) to payung_online;
grant execute on function platform.actor() to public;
grant execute on function platform.close_command_days(date) to payung_run;
grant execute on function platform.enqueue(text,json,timestamp with time zone,text) to payung_online;
grant execute on function platform.enqueue(text,json,timestamp with time zone,text) to payung_run;
grant execute on function platform.enqueue(text,json,timestamp with time zone,text) to payung_seal;
grant execute on function platform.now() to public;
grant execute on function platform.office() to public;
grant execute on function platform.open_command_day(date) to payung_run;
grant execute on function platform.organisation() to public;
grant execute on function platform.person() to public;
grant execute on function platform.refuse_change() to public;
grant execute on function platform.total(bigint) to public;
grant execute on function registry.entry_facts(bigint[]) to payung_online;
grant execute on function registry.entry_facts(bigint[]) to payung_run;
grant execute on function registry.entry_memberships(bigint[]) to payung_online;
grant execute on function registry.entry_memberships(bigint[]) to payung_run;
grant execute on function registry.own_memberships() to payung_online;
grant execute on function registry.own_payers() to payung_online;
grant execute on function registry.own_persons() to payung_online;
grant execute on function registry.own_persons() to payung_run;
grant execute on function registry.own_workers() to payung_online;
grant execute on function registry.persons_named(text[]) to payung_online;
grant execute on function registry.persons_named(text[]) to payung_run;
grant execute on function registry.persons_of_one(bigint) to payung_online;
grant execute on function registry.persons_of_one(bigint) to payung_run;
grant execute on function registry.same_person(bigint) to payung_online;
grant execute on function registry.same_person(bigint) to payung_run;
grant execute on function registry.sees_all() to payung_online;
grant execute on function registry.served_districts() to payung_online;
grant execute on function registry.serves_payer(bigint,bigint) to payung_online;
grant execute on function registry.serves_payer(bigint,bigint) to payung_run;
grant execute on function registry.serves_person(bigint,bigint) to payung_online;
grant execute on function registry.serves_person(bigint,bigint) to payung_run;
grant execute on function savings.take_statements(smallint,text) to payung_run;
