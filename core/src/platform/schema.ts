// The tables as TypeScript. Written by `payung schema write` from the migrations; never edited.
import type { ColumnType } from "kysely";

export type ArrayType<T> = ArrayTypeImpl<T> extends (infer U)[]
  ? U[]
  : ArrayTypeImpl<T>;

export type ArrayTypeImpl<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S[], I[], U[]>
  : T[];

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Numeric = ColumnType<string, number | string, number | string>;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface ContributionsAddendum {
  contract_id: bigint;
  employer: bigint;
  entries: string[];
  facts: Json;
  from_day: string;
  made_on: string;
  nth: number;
  payer_id: bigint;
  reason: string;
  until_day: string;
  worker: bigint;
}

export interface ContributionsBill {
  bill_id: bigint;
  carried: Generated<number>;
  correction: Generated<bigint>;
  due: string | null;
  employer: Generated<bigint>;
  facts_digest: Generated<string>;
  fine: Generated<bigint>;
  issued_on: string | null;
  kind: string;
  made_on: string;
  members: Generated<number>;
  month: number;
  paid_on: string | null;
  payer_id: bigint;
  state: string;
  state_part: Generated<bigint>;
  state_share: Generated<bigint>;
  total: Generated<bigint>;
  worker: Generated<bigint>;
}

export interface ContributionsBillSplit {
  amount: bigint;
  bill_id: bigint;
  counter_id: bigint;
  fined_months: number;
  first_issued_on: string;
  members: number;
  payer_id: bigint;
  reason: string;
  split_bill_id: bigint;
  split_by: bigint;
  split_on: string;
}

export interface ContributionsContribution {
  base: bigint | null;
  bill_id: bigint | null;
  class: number | null;
  employer: bigint | null;
  entry: number | null;
  month: number | null;
  ordinal: number | null;
  person_id: bigint | null;
  worker: bigint | null;
}

export interface ContributionsControlCheck {
  at: Timestamp;
  bank: bigint;
  billed: bigint;
  booked: bigint;
  check_id: Generated<bigint>;
  contributions: bigint;
  difference: bigint;
  fines: bigint;
  month: number | null;
  premiums: bigint;
  state_share: bigint;
  statement: bigint;
  step: string;
}

export interface ContributionsCorrection {
  bill_id: bigint | null;
  correction_id: Generated<bigint>;
  decided_by: bigint | null;
  decided_on: string | null;
  decided_why: string | null;
  done_on: string | null;
  evidence: string;
  evidence_digest: string;
  kind: string;
  level: string | null;
  month: number;
  payer_id: bigint;
  proposed_by: bigint;
  proposed_on: string;
  reason: string;
  state: string;
}

export interface ContributionsCorrectionRow {
  base: bigint | null;
  correction_id: bigint;
  ordinal: number;
  payer_id: bigint;
  person_id: bigint;
  replaces: number | null;
  stays_ended: Json | null;
}

export interface ContributionsCounterBill {
  amount: bigint;
  bill_id: bigint;
  counter_id: bigint;
  kind: string;
  made_on: string;
  payer_id: bigint;
}

export interface ContributionsCoverPeriod {
  from_month: number;
  opened_by: string;
  opened_on: string;
  ordinal: number;
  person_id: bigint;
}

export interface ContributionsCoverRule {
  act: string;
  arrears_limit: Generated<string>;
  article: string;
  beyond: string;
  entries: string[];
  from_day: string;
  grace_months: number;
  programme: string;
  segment: string;
  settlement: string;
  status: string;
  waiting_limit: Generated<string>;
  waiting_months: Generated<number>;
}

export interface ContributionsDeferral {
  amount: bigint;
  bill_id: bigint;
  month: number;
  noted_on: string;
  payer_id: bigint;
  programme: string;
}

export interface ContributionsDeferralInstalment {
  amount: bigint;
  bill_id: bigint;
  month: number;
  payer_id: bigint;
  programme: string;
  stage: string;
}

export interface ContributionsEntry {
  base: bigint;
  bill_id: bigint;
  class: number;
  employer: bigint;
  entry: number;
  month: number;
  ordinal: number;
  person_id: bigint;
  worker: bigint;
}

export interface ContributionsFine {
  amount: bigint;
  bill_id: bigint;
  on_bill_id: bigint;
  payer_id: bigint;
  through_months: number;
}

export interface ContributionsLateWarning {
  amount: bigint;
  covered_until: string;
  members: number;
  paid_month: number;
  payer_id: bigint;
  told_on: string;
  unpaid: number;
}

export interface ContributionsMembershipFact {
  base: bigint;
  base_month: number;
  born: string;
  from_day: string;
  joined: string;
  ordinal: number;
  payer_id: bigint;
  person_id: bigint;
  profile_id: number;
  until_day: string | null;
}

export interface ContributionsMonth {
  closed_on: string | null;
  month: number;
  opened_on: string;
  state: string;
}

export interface ContributionsMonthDue {
  due: string | null;
  month: number;
  segment: string;
}

export interface ContributionsNotedClaim {
  actor: bigint;
  claimed_on: string;
  evidence: string;
  person_id: bigint;
  programme: string;
  told_on: string;
}

export interface ContributionsPaidChange {
  bill_id: bigint;
  change_id: Generated<bigint>;
  changed_on: string;
  payer_id: bigint;
  was_paid_on: string;
}

export interface ContributionsPaidSpan {
  bill_id: bigint;
  from_month: number;
  ordinal: number;
  paid_on: string;
  person_id: bigint;
  to_month: number;
}

export interface ContributionsPremiumContract {
  amounts: Json;
  contract_id: bigint;
  employer: bigint;
  entries: string[];
  facts: Json;
  from_day: string;
  month: number;
  name: string;
  payer_id: bigint;
  segment: string;
  until_day: string;
  worker: bigint;
}

export interface ContributionsPremiumMember {
  contract_id: bigint;
  from_day: string;
  ordinal: number;
  payer_id: bigint;
  person_id: bigint;
  reported_on: string | null;
  until_day: string;
  window_until: string | null;
}

export interface ContributionsPremiumPart {
  amounts: Json;
  bill_id: bigint;
  contract_id: bigint;
  due: string | null;
  employer: bigint;
  from_day: string | null;
  kind: string;
  made_on: string;
  month: number;
  nth: number;
  payer_id: bigint;
  until_day: string | null;
  worker: bigint;
}

export interface ContributionsProfile {
  facts: Json;
  key: string;
  payer_kind: string;
  profile_id: Generated<number>;
  segment: string;
  settlement: string;
}

export interface ContributionsReassessment {
  credits: Generated<bigint>;
  done_on: string | null;
  memberships: Generated<bigint>;
  month: number;
  payers: Generated<bigint>;
  started_on: string;
  state: string;
  supplements: Generated<bigint>;
  version: number;
}

export interface ContributionsReduction {
  amount: bigint;
  bill_id: bigint;
  difference_id: bigint;
  fine: bigint;
  payer_id: bigint;
  written_off: bigint;
}

export interface ContributionsReinstatement {
  actor: bigint;
  case_id: Generated<bigint>;
  evidence: string[];
  from_month: number;
  grace_months: number;
  levels: string[];
  opened_on: string;
  payer_id: bigint;
  reason: string;
  through_month: number;
}

export interface ContributionsReinstatementMember {
  case_id: bigint;
  ordinal: number;
  payer_id: bigint;
  person_id: bigint;
}

export interface ContributionsReinstatementState {
  approvals: number | null;
  case_id: bigint | null;
  decided_on: string | null;
  payer_id: bigint | null;
  state: string | null;
}

export interface ContributionsReinstatementVerdict {
  actor: bigint;
  case_id: bigint;
  decided_on: string;
  level: number;
  payer_id: bigint;
  reason: string;
  verdict: string;
}

export interface ContributionsReplacement {
  base: bigint;
  bill_id: bigint;
  class: number;
  employer: bigint;
  entry: number;
  month: number;
  ordinal: number;
  person_id: bigint;
  was_class: number;
  was_employer: bigint;
  was_worker: bigint;
  worker: bigint;
}

export interface ContributionsRunStep {
  amount: bigint;
  chunk: bigint;
  done_at: Timestamp;
  month: number;
  rows: bigint;
  step: string;
}

export interface ContributionsSplitMember {
  bill_id: bigint;
  ordinal: number;
  payer_id: bigint;
  person_id: bigint;
  split_bill_id: bigint;
  split_on: string;
}

export interface ContributionsTariffClass {
  class: number;
  digest: string;
  month: number;
  programmes: string;
  version: number;
}

export interface ContributionsTariffLine {
  band_from: bigint;
  band_to: bigint | null;
  ceiling: bigint | null;
  class: number;
  entries: string[];
  fixed: bigint;
  floor: bigint | null;
  from_programme: Generated<string>;
  kind: string;
  line: number;
  month: number;
  nominal: bigint | null;
  programme: string;
  rate: bigint;
  rounding_mode: string;
  rounding_unit: bigint;
}

export interface ContributionsTariffRange {
  born_from: string;
  born_until: string;
  class: number;
  month: number;
  profile_id: number;
  version: number;
}

export interface ContributionsTariffVersion {
  digest: string;
  fine_rate: bigint;
  month: number;
  published_by: string;
  version: number;
}

export interface ContributionsWageReport {
  base: bigint;
  month: number;
  ordinal: number;
  payer_id: bigint;
  person_id: bigint;
  reported_on: string;
  version: number;
}

export interface CoverageDailyCount {
  day: string;
  employer_group: string;
  members: bigint;
  payer_kind: string;
  programme: string;
  region_code: string;
  segment: string;
  state: string;
}

export interface CoverageMonthBills {
  as_of: string;
  billed: bigint;
  booked: bigint;
  collected: bigint;
  contributions: bigint;
  fines: bigint;
  month: number;
  premiums: bigint;
  state_share: bigint;
}

export interface CoverageMonthFigure {
  as_of: string;
  billed: bigint;
  booked: bigint;
  collected: bigint;
  computed: bigint;
  month: number;
  programme: string;
  segment: string;
}

export interface CoveragePopulation {
  as_of: string;
  eligible: bigint;
  people: bigint;
  region_code: string;
  source: string;
}

export interface CoverageRegistered {
  active: bigint;
  day: string;
  persons: bigint;
  region_code: string;
}

export interface IdentityActor {
  active: Generated<boolean>;
  actor_id: Generated<bigint>;
  created: Generated<Timestamp>;
  kind: string;
  name: string;
  office_id: bigint | null;
  organisation_id: bigint | null;
  person_id: bigint | null;
  role: Generated<string>;
}

export interface IdentityToken {
  actor_id: bigint;
  created: Generated<Timestamp>;
  hash: Buffer;
  label: Generated<string>;
  last_used: string | null;
  revoked: Timestamp | null;
  token_id: Generated<bigint>;
}

export interface LedgerAccount {
  account: number;
  code: string;
  fund: Generated<string>;
  kind: string;
  labels: Json;
  per_payer: Generated<boolean>;
}

export interface LedgerPayerBalance {
  balance: bigint | null;
  code: string | null;
  grew_on: string | null;
  payer_id: bigint | null;
}

export interface LedgerTransfer {
  amount: bigint;
  credit: number;
  day: string;
  debit: number;
  month: number;
  of_money: boolean;
  payer_id: bigint;
  reason: string;
  reverses: bigint | null;
  source_id: bigint;
  transfer_id: Generated<bigint>;
}

export interface NoticesLetter {
  amount: bigint | null;
  cause: string;
  facts: Generated<Json>;
  kind: string;
  letter_id: Generated<bigint>;
  payer_id: bigint | null;
  person_id: bigint | null;
  tell_by: string | null;
  tell_by_law: string | null;
  written_on: string;
}

export interface NoticesLetterCode {
  code_hash: Buffer;
  letter_id: bigint;
  made_on: string;
  payer_id: bigint | null;
  person_id: bigint | null;
  turn: number;
}

export interface NoticesTelling {
  actor: bigint;
  how: string;
  letter_id: bigint;
  payer_id: bigint | null;
  person_id: bigint | null;
  told_on: string;
}

export interface PaymentsAllocation {
  allocated_on: string;
  payer_id: bigint;
  payment_id: bigint;
  reason: string;
  turn: Generated<number>;
}

export interface PaymentsHolder {
  held_by: bigint | null;
  payment_id: bigint | null;
  recalled: boolean | null;
  turn: number | null;
}

export interface PaymentsOffsetOffer {
  letter_id: bigint;
  payer_id: bigint;
  told_on: string;
}

export interface PaymentsPayable {
  amount: bigint;
  countered: Generated<bigint>;
  id: bigint;
  kind: string;
  month: number;
  order_day: string;
  payer_id: bigint;
  settled_on: string | null;
}

export interface PaymentsPayment {
  amount: bigint;
  channel: string;
  code: string;
  day: string;
  external_id: string;
  payer_id: bigint | null;
  payment_id: Generated<bigint>;
  received_at: Timestamp;
  sender: Buffer | null;
  sender_key: Buffer | null;
}

export interface PaymentsPayoutOrder {
  account: string;
  amount: bigint;
  bank: string;
  holder: string;
  order_id: Generated<bigint>;
  ordered_on: string;
  paid_on: string | null;
  payer_id: bigint;
  reference: string | null;
  request_id: bigint;
  state: Generated<string>;
}

export interface PaymentsQueueTaking {
  level: string | null;
  nth: number;
  owner: bigint | null;
  payment_id: bigint;
  taken_on: string;
}

export interface PaymentsRequest {
  amount: bigint;
  asked_by: bigint;
  asked_on: string;
  bill_id: bigint | null;
  decided_by: bigint | null;
  decided_on: string | null;
  decided_why: string | null;
  detail: Generated<Json>;
  evidence: string;
  ground: string;
  kind: string;
  payer_id: bigint;
  payment_id: bigint | null;
  request_id: Generated<bigint>;
  state: Generated<string>;
}

export interface PaymentsRequestPart {
  amount: bigint;
  bill_id: bigint | null;
  nth: number;
  payer_id: bigint;
  payment_id: bigint;
  request_id: bigint;
}

export interface PaymentsReversal {
  amount: bigint;
  kind: string;
  payer_id: bigint;
  payment_id: bigint;
  request_id: bigint;
  reversed_on: string;
  turn: number;
}

export interface PlatformAccessTrail {
  actor: bigint;
  at: Timestamp;
  detail: Generated<Json>;
  person_id: bigint | null;
  trail_id: Generated<bigint>;
  view: string;
  why: string;
}

export interface PlatformClock {
  ahead: Generated<string>;
  demonstration: Generated<boolean>;
  one: Generated<boolean>;
}

export interface PlatformCommand {
  actor: bigint;
  at: Generated<Timestamp>;
  day: Generated<string>;
  digest: Buffer;
  key: string;
  reply: Json | null;
}

export interface PlatformDailyRun {
  at: Generated<Timestamp>;
  day: string;
  name: string;
}

export interface PlatformEvent {
  actor: bigint;
  at: Timestamp;
  event_id: Generated<bigint>;
  kind: string;
  payload: Json;
  recorded: Generated<Timestamp>;
  room: string;
  subject: string;
}

export interface PlatformMigration {
  at: Generated<Timestamp>;
  digest: string;
  name: string;
}

export interface PlatformProgress {
  begun: Generated<Timestamp>;
  done: Generated<bigint>;
  ended: Timestamp | null;
  result: Json | null;
  state: string;
  step: string;
  total: bigint | null;
  work: string;
}

export interface PlatformSetting {
  at: Generated<Timestamp>;
  key: string;
  value: Json;
}

export interface RegistryArrangement {
  from_day: string;
  ordinal: number;
  payer_id: bigint;
  person_id: bigint;
  until_day: string | null;
}

export interface RegistryClosing {
  closed_on: string;
  evidence: string;
  ground: string;
  nth: number;
  payer_id: bigint;
}

export interface RegistryDuplicate {
  dismissed_on: string | null;
  dismissed_why: string | null;
  found_on: string;
  other_id: bigint;
  person_id: bigint;
  reasons: string[];
}

export interface RegistryMemberDirectory {
  alias: Generated<boolean>;
  member_number: string;
  person_id: bigint;
}

export interface RegistryMembership {
  accepted_on: string;
  end_reason: string | null;
  facts: Generated<Json>;
  from_day: string;
  opening_act: string | null;
  opening_months: Generated<number>;
  opening_savings: Generated<bigint>;
  ordinal: number;
  organisation_id: bigint | null;
  person_id: bigint;
  programmes: Generated<string>;
  segment: string;
  until_day: string | null;
}

export interface RegistryMembershipDeed {
  actor: bigint;
  day: string;
  deed: string;
  deed_id: Generated<bigint>;
  ordinal: number;
  person_id: bigint;
  reason: string;
  told_on: string;
}

export interface RegistryMerge {
  actor: bigint;
  consent: string;
  hashes: ArrayType<Buffer>;
  merge_id: Generated<bigint>;
  merged_id: bigint | null;
  merged_on: string;
  numbers: string[];
  person_id: bigint;
  reason: string;
}

export interface RegistryNumberDirectory {
  number_hash: Buffer;
  person_id: bigint;
}

export interface RegistryOffice {
  kind: string;
  name: string;
  office_id: number;
  parent_id: number | null;
}

export interface RegistryOfficeDistrict {
  from_day: string;
  office_id: number;
  region_code: string;
  until_day: string | null;
}

export interface RegistryOrganisation {
  kind: string;
  name: string;
  organisation_id: Generated<bigint>;
  region_code: string;
  registered_on: string;
}

export interface RegistryOrganisationFact {
  facts: Json;
  from_day: string;
  organisation_id: bigint;
}

export interface RegistryPayer {
  funding_code: string | null;
  kind: string;
  organisation_id: bigint | null;
  payer_id: Generated<bigint>;
  person_id: bigint | null;
  settlement: string;
}

export interface RegistryPerson {
  born: string;
  died_on: string | null;
  member_number: string;
  name: string;
  number_cipher: Buffer | null;
  person_id: Generated<bigint>;
  region_code: string;
  registered_on: string;
  sex: string;
}

export interface RegistryRegion {
  kind: string;
  level: string;
  name: string;
  parent_code: string | null;
  population_female: bigint | null;
  population_male: bigint | null;
  region_code: string;
  short_name: string;
  tile_column: number | null;
  tile_row: number | null;
}

export interface RegistryReopening {
  evidence: string;
  ground: string;
  nth: number;
  payer_id: bigint;
  reopened_on: string;
}

export interface RegistryServedDistrict {
  office_id: number | null;
  region_code: string | null;
}

export interface RegistryUnmerge {
  actor: bigint;
  merge_id: bigint;
  on_day: string;
  person_id: bigint;
  reason: string;
}

export interface SavingsAwaited {
  import_id: bigint;
  since: string;
}

export interface SavingsBillBooking {
  bill_id: bigint;
  booking_id: Generated<bigint>;
  day: string;
  month: number;
  noted_on: string;
  payer_id: bigint;
  times: number;
}

export interface SavingsClosing {
  begun_on: string;
  programme: string;
  year: number;
}

export interface SavingsControlCheck {
  at: Timestamp;
  balances: bigint;
  check_id: Generated<bigint>;
  difference: bigint;
  liability: bigint;
  outstanding: bigint;
  programme: string;
  step: string;
  year: number;
}

export interface SavingsCredit {
  day: string;
  month: number;
  moved: bigint;
  programme: string;
  step: string;
}

export interface SavingsEntry {
  act: Generated<string>;
  amount: Numeric;
  bearing: Numeric;
  beside: ArrayType<bigint> | null;
  day: string;
  entry_id: Generated<bigint>;
  kind: string;
  month: number;
  of_year: number | null;
  person_id: bigint;
  programme: string;
  reference: string;
  thirds: Generated<number>;
}

export interface SavingsRate {
  act: string;
  article: string;
  declared_on: string;
  kind: string;
  link: string;
  month: number;
  programme: string;
  rate: bigint;
  status: string;
  version: number;
}

export interface SavingsRequest {
  act: string;
  amount: bigint;
  asked_by: bigint;
  asked_on: string;
  day: string;
  decided_by: bigint | null;
  decided_on: string | null;
  decided_why: string | null;
  kind: string;
  person_id: bigint;
  programme: string;
  reference: string;
  request_id: Generated<bigint>;
  state: Generated<string>;
}

export interface SavingsRestatement {
  programme: string;
  rates: ArrayType<bigint>;
  settled_on: string;
  turn: number;
  year: number;
}

export interface SavingsStatement {
  contributed: bigint;
  entered: bigint;
  parts: Numeric;
  person_id: bigint;
  programme: string;
  year: number;
}

export interface SavingsYear {
  accounts: bigint;
  closed_on: string;
  contributed: Numeric;
  entered: Numeric;
  kinds: string[];
  parts: Numeric;
  programme: string;
  rates: ArrayType<bigint>;
  thirds: number;
  year: number;
}

export interface TakeoverImport {
  begun: Timestamp;
  counts: Generated<Json>;
  digest: Buffer;
  ended: Timestamp | null;
  folder: string;
  import_id: Generated<bigint>;
  state: string;
}

export interface TakeoverOrganisationNumber {
  old_number: string;
  organisation_id: bigint;
}

export interface DB {
  "contributions.addendum": ContributionsAddendum;
  "contributions.bill": ContributionsBill;
  "contributions.bill_split": ContributionsBillSplit;
  "contributions.contribution": ContributionsContribution;
  "contributions.control_check": ContributionsControlCheck;
  "contributions.correction": ContributionsCorrection;
  "contributions.correction_row": ContributionsCorrectionRow;
  "contributions.counter_bill": ContributionsCounterBill;
  "contributions.cover_period": ContributionsCoverPeriod;
  "contributions.cover_rule": ContributionsCoverRule;
  "contributions.deferral": ContributionsDeferral;
  "contributions.deferral_instalment": ContributionsDeferralInstalment;
  "contributions.entry": ContributionsEntry;
  "contributions.fine": ContributionsFine;
  "contributions.late_warning": ContributionsLateWarning;
  "contributions.membership_fact": ContributionsMembershipFact;
  "contributions.month": ContributionsMonth;
  "contributions.month_due": ContributionsMonthDue;
  "contributions.noted_claim": ContributionsNotedClaim;
  "contributions.paid_change": ContributionsPaidChange;
  "contributions.paid_span": ContributionsPaidSpan;
  "contributions.premium_contract": ContributionsPremiumContract;
  "contributions.premium_member": ContributionsPremiumMember;
  "contributions.premium_part": ContributionsPremiumPart;
  "contributions.profile": ContributionsProfile;
  "contributions.reassessment": ContributionsReassessment;
  "contributions.reduction": ContributionsReduction;
  "contributions.reinstatement": ContributionsReinstatement;
  "contributions.reinstatement_member": ContributionsReinstatementMember;
  "contributions.reinstatement_state": ContributionsReinstatementState;
  "contributions.reinstatement_verdict": ContributionsReinstatementVerdict;
  "contributions.replacement": ContributionsReplacement;
  "contributions.run_step": ContributionsRunStep;
  "contributions.split_member": ContributionsSplitMember;
  "contributions.tariff_class": ContributionsTariffClass;
  "contributions.tariff_line": ContributionsTariffLine;
  "contributions.tariff_range": ContributionsTariffRange;
  "contributions.tariff_version": ContributionsTariffVersion;
  "contributions.wage_report": ContributionsWageReport;
  "coverage.daily_count": CoverageDailyCount;
  "coverage.month_bills": CoverageMonthBills;
  "coverage.month_figure": CoverageMonthFigure;
  "coverage.population": CoveragePopulation;
  "coverage.registered": CoverageRegistered;
  "identity.actor": IdentityActor;
  "identity.token": IdentityToken;
  "ledger.account": LedgerAccount;
  "ledger.payer_balance": LedgerPayerBalance;
  "ledger.transfer": LedgerTransfer;
  "notices.letter": NoticesLetter;
  "notices.letter_code": NoticesLetterCode;
  "notices.telling": NoticesTelling;
  "payments.allocation": PaymentsAllocation;
  "payments.holder": PaymentsHolder;
  "payments.offset_offer": PaymentsOffsetOffer;
  "payments.payable": PaymentsPayable;
  "payments.payment": PaymentsPayment;
  "payments.payout_order": PaymentsPayoutOrder;
  "payments.queue_taking": PaymentsQueueTaking;
  "payments.request": PaymentsRequest;
  "payments.request_part": PaymentsRequestPart;
  "payments.reversal": PaymentsReversal;
  "platform.access_trail": PlatformAccessTrail;
  "platform.clock": PlatformClock;
  "platform.command": PlatformCommand;
  "platform.daily_run": PlatformDailyRun;
  "platform.event": PlatformEvent;
  "platform.migration": PlatformMigration;
  "platform.progress": PlatformProgress;
  "platform.setting": PlatformSetting;
  "registry.arrangement": RegistryArrangement;
  "registry.closing": RegistryClosing;
  "registry.duplicate": RegistryDuplicate;
  "registry.member_directory": RegistryMemberDirectory;
  "registry.membership": RegistryMembership;
  "registry.membership_deed": RegistryMembershipDeed;
  "registry.merge": RegistryMerge;
  "registry.number_directory": RegistryNumberDirectory;
  "registry.office": RegistryOffice;
  "registry.office_district": RegistryOfficeDistrict;
  "registry.organisation": RegistryOrganisation;
  "registry.organisation_fact": RegistryOrganisationFact;
  "registry.payer": RegistryPayer;
  "registry.person": RegistryPerson;
  "registry.region": RegistryRegion;
  "registry.reopening": RegistryReopening;
  "registry.served_district": RegistryServedDistrict;
  "registry.unmerge": RegistryUnmerge;
  "savings.awaited": SavingsAwaited;
  "savings.bill_booking": SavingsBillBooking;
  "savings.closing": SavingsClosing;
  "savings.control_check": SavingsControlCheck;
  "savings.credit": SavingsCredit;
  "savings.entry": SavingsEntry;
  "savings.rate": SavingsRate;
  "savings.request": SavingsRequest;
  "savings.restatement": SavingsRestatement;
  "savings.statement": SavingsStatement;
  "savings.year": SavingsYear;
  "takeover.import": TakeoverImport;
  "takeover.organisation_number": TakeoverOrganisationNumber;
}

