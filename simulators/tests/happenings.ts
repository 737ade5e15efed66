// What must have happened in a nation, whatever its size: for each kind of exception, and for what follows from habits, the rows that show it.
import type { ExceptionKind } from '../src/nation/profile.ts'

const from = (table: string, where: string): string => `contributions.${table} where ${where}`
const corrected = (kind: string): string => from('correction', `kind = '${kind}' and state = 'done'`)

/** The rows of each planned kind; a new kind of the profile does not compile until it is named here. */
export const rowsOfKind: Readonly<Record<ExceptionKind, string>> = {
  wage: corrected('wage'),
  swap: corrected('swap'),
  deactivation: corrected('deactivation'),
  member: corrected('member'),
  split: from('bill_split', `split_bill_id in (select bill_id from contributions.bill where state = 'paid')`),
  'taken-back': `registry.membership_deed where deed = 'taken-back'`,
  reversal: `payments.reversal where kind = 'recall'`,
  refund: `payments.payout_order where state = 'paid' and payer_id <> 0`,
  queued: `payments.allocation where turn = 0 and payer_id <> 0`,
  'wrong-payer': `payments.reversal r join payments.allocation a on a.payment_id = r.payment_id and a.turn = r.turn + 1 where r.kind = 'wrong-payer' and a.payer_id <> r.payer_id`,
  parts: `(select payment_id from payments.request_part p join payments.payment using (payment_id) join payments.allocation a using (payment_id)
    where a.payer_id = 0 group by payment_id, payment.amount having sum(p.amount) = payment.amount and count(distinct p.payer_id) = 2) parted`,
  returned: `payments.reversal r join payments.payout_order o using (request_id) where r.kind = 'returned' and o.state = 'paid'`,
  waiting: `payments.holder h join payments.queue_taking t using (payment_id) where h.held_by is null and not h.recalled and t.owner is not null`,
  waiver: from('counter_bill', `kind = 'fine-waiver' and amount > 0`),
  reopened: `registry.closing where nth = 2 and payer_id in (select payer_id from registry.reopening)`,
  reassessed: from('reassessment', 'memberships > 0 and credits > 0'),
  death: `registry.membership_deed join registry.person using (person_id) where deed = 'died' and died_on is not null`,
  withdrawal: `savings.entry where kind = 'withdrawal'`,
  opening: `savings.entry where kind = 'opening'`,
  move: `registry.membership_deed where deed = 'moved'`,
  duplicate: `registry.merge m where merged_id is not null and consent <> '' and not exists (select from registry.unmerge u where u.merge_id = m.merge_id)`,
  'undone-merge': `registry.unmerge u join registry.merge m using (merge_id) where exists (select from registry.merge n where n.merged_id = m.merged_id and n.merge_id > m.merge_id)`,
  reinstatement: from('reinstatement_state', `state = 'approved'`),
  instalments: from('premium_part', `kind = 'instalment'`),
  addendum: from('addendum a join registry.payer using (payer_id)', 'organisation_id is not null'),
  extension: from('addendum a join registry.payer using (payer_id)', 'person_id is not null'),
}

/** What habits and the law's days bring without a plan of their own. */
export const rowsBesides = (until: string): Readonly<Record<string, string>> => ({
  'a warning to who pays late for others': from('late_warning', 'unpaid >= 1 and amount > 0'),
  'a third warning, before cover ends': from('late_warning', 'unpaid = 3'),
  'a warning before a lapse that was undone': from('late_warning', 'payer_id in (select payer_id from contributions.reinstatement)'),
  'a lapse and a new period': from('cover_period', `opened_by = 're-entry'`),
  'a prepaid month, lowered by later law': from('bill', `kind = 'supplement' and total < 0`),
  'a month paid before it began': from('bill', `kind <> 'contract' and paid_on < contributions.first_day(month)`),
  'a late bill': from('bill', `kind = 'month' and paid_on > due`),
  'an open bill past its day': from('bill', `state = 'issued' and due < '${until}'`),
  'a fine': from('fine', 'amount > 0'),
  'a leaver': `registry.membership_deed where deed = 'ended'`,
  ...Object.fromEntries(
    ['reversal', 'refund', 'return', 'parts', 'fine-waiver', 'closing', 'reopening'].map((kind) => [
      `a request that another person decided: ${kind}`,
      `payments.request where kind = '${kind}' and state = 'approved' and decided_by <> asked_by`,
    ]),
  ),
})

/** The letters that these ask for. */
export const letters = [
  'certificate-ready',
  'contract-supplement',
  'credit',
  'employer-closed',
  'employer-reopened',
  'fine-waived',
  'late-warning',
  'month-corrected',
  'number-merged',
  'number-unmerged',
  'refund-asked',
  'refund-ordered',
  'refund-paid',
  'reinstatement-approved',
  'reinstatement-opened',
  'shortage',
  'supplementary-bill',
  'surplus',
]
