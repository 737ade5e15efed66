// The words of letters in English: plain, short, to the person.
import { contractLetters } from './en-contracts.ts'
import type { LetterWords } from './words.ts'

const pending = 'Membership stopped because money from whoever pays was late. It was asked that membership be restored, from {from} on.'

export const en: LetterWords = {
  locale: 'en-GB',
  kinds: {
    'person month-corrected': {
      title: 'Your contribution for {month} has changed',
      what: ['Your contribution for {month} was worked out again, because {why}.', 'Below are the figures before and after.'],
      next: [
        'You need not do anything. The difference is settled with whoever pays your contribution.',
        'Your savings and your cover follow from the new figures.',
      ],
    },
    'person months-missed': {
      title: 'Contributions of some months are missing',
      what: [
        'Your membership had been reported as ended, and that report was taken back.',
        'Contributions for {months} were not billed and are not paid.',
      ],
      next: [
        'Whoever pays your contribution must ask for a correction. We have told them.',
        'If this is wrong, tell our office and bring this letter.',
      ],
    },
    'person month-not-paid': {
      title: 'Your contribution for {month} is not paid',
      what: ['Your employer has paid first for some of its workers for {month}. Your contribution is not among them.'],
      next: [
        'Your employer still owes your contribution. Ask when it will be paid.',
        'Check your cover with your member number; you lose no right because your employer is late.',
      ],
    },
    'person number-merged': {
      title: 'Your old number still works',
      what: ['You were registered under more than one number. They now lead to the member number above.', 'Old number: {numbers}.'],
      next: [
        'You can go on using the old number. All contributions and savings are still there, and are now read together.',
        'If that old number is not yours, tell our office at once. The merge can be undone.',
      ],
    },
    'person number-unmerged': {
      title: 'Numbers are no longer merged',
      what: [
        '{?other}The number {numbers} no longer leads to you, because it turned out to be somebody else’s.',
        '{?own}The number {numbers} is your own again.',
      ],
      next: ['Contributions and savings are read apart again. Nothing is lost.'],
    },
    'person reinstatement-opened': {
      title: 'It was asked that your membership be restored',
      what: [pending, 'Nobody has decided on it yet.'],
      next: [
        'Until it is decided and the contributions are paid, you are not covered.',
        'You need not do anything. We will tell you the decision.',
      ],
    },
    'person reinstatement-approved': {
      title: 'Your membership may continue',
      what: ['Restoring it was approved. Your membership counts as unbroken, once the contributions from {from} on are paid.'],
      next: ['Check your cover with your member number: months that are paid show there.'],
    },
    'person reinstatement-refused': {
      title: 'Your membership is not restored',
      what: ['Restoring it from {from} on was refused.'],
      next: [
        'The next payment opens a new period of membership. You can also pay yourself.',
        'You may ask for a review of this decision at our office.',
      ],
    },
    'person reinstatement-withdrawn': {
      title: 'The request to restore your membership was withdrawn',
      what: ['Whoever asked to restore it from {from} on has withdrawn the request.'],
      next: ['The next payment opens a new period of membership. You can also pay yourself.'],
    },
    'payer credit': {
      title: 'The contributions for {month} are lower now',
      what: [
        '{!open}The contributions for {month} were worked out again, because {why}. They are lower: {amount} is your money again.',
        '{?open}The contributions for {month} were worked out again, because {why}. You owe {amount} less. The bill for {month} is still open.',
      ],
      next: [
        '{!open}It pays the next bill or month by itself. You need not do anything.',
        '{?open}What you owe less counts with what you pay, the oldest bill first. Pay the rest with your payment code {payCode}.',
      ],
    },
    'payer supplementary-bill': {
      title: 'A supplementary bill for {month}',
      what: ['The contributions for {month} were worked out again, because {why}. {amount} is still missing.'],
      next: [
        'Pay by {due}, with your payment code {payCode}.',
        '{?unpaid}{!due}Pay with your payment code {payCode}.',
        '{?unpaid}{?corrected}The change takes effect once this is paid.',
        'This was paid on {paidOn}. You need not pay again.',
      ],
    },
    'payer nothing-owed': {
      title: 'The contributions of {month} were corrected',
      what: ['The contributions for {month} were worked out again, because {why}. You owe nothing for it, and nothing comes back.'],
      next: ['You need not pay anything. We tell each worker whose figures have changed.'],
    },
    'payer months-missed': {
      title: 'Contributions of workers who are back were not billed',
      what: [
        'The leaving of {members} workers was taken back. Their contributions for {months} were not billed, because those months are closed.',
      ],
      next: ['Ask for a correction of those months, and pay the supplementary bill. We have told the workers.'],
    },
    'payer deferred-instalment': {
      title: 'An instalment of deferred contributions',
      what: ['Part of your contributions for {months} was put off. {amount} of it is to be paid now.'],
      next: ['Pay by {due}, with your usual payment code.', 'You can also repay all that is left at once: tell our office.'],
    },
    'payer deferred-returned': {
      title: 'You repaid too much of the deferred contributions',
      what: ['Less was put off of your contributions for {months} than you were billed for. {amount} is your money again.'],
      next: ['It pays the next bill by itself. You need not do anything.'],
    },
    'payer surplus': {
      title: 'You have paid more than you owe',
      what: ['We received your payment of {paidOn}.', 'All bills are paid, and {amount} of your money is left with us.'],
      next: [
        'We offer to use this money for the contributions of the next months. If you agree, you need not do anything.',
        'If you do not want that, tell our office in writing. The money can then be paid back.',
      ],
    },
    'payer shortage': {
      title: 'Your payment is not enough yet',
      what: ['We received your payment of {paidOn}, but it is not enough for the oldest bill. Your {amount} is kept for you.'],
      next: ['Add {missing}. As soon as it is enough, the bill is paid. A bill that is not paid in full gives no new cover.'],
    },
    'payer late-warning': {
      title: 'Contributions are unpaid: cover will end',
      what: [
        'For {members} people whom you pay for, contributions were last paid for {paidMonth}. Months past their due day: {unpaid}.',
        'If nothing is paid, their cover ends after {coveredUntil}.',
      ],
      next: ['Pay the first unpaid month: {amount}.', 'If the money is released late, tell our office before that day.'],
    },
    'payer reinstatement-opened': {
      title: 'We received the request to restore membership',
      what: [pending, 'The request for these {members} people is being checked.'],
      next: ['Until it is decided your money is kept, and opens no new period.', 'We will tell you the decision.'],
    },
    'payer reinstatement-approved': {
      title: 'Restoring membership was approved',
      what: ['The membership of {members} people may continue without a break.'],
      next: ['Pay the contributions from {from} on. Your money that was kept is used first.'],
    },
    'payer reinstatement-refused': {
      title: 'Restoring membership was refused',
      what: ['The request for {members} people, from {from} on, was refused.', 'The reason: {reason}.'],
      next: ['The next payment opens a new period of membership.', 'You may ask for a review of this decision at our office.'],
    },
    'payer reinstatement-withdrawn': {
      title: 'The request to restore membership was withdrawn',
      what: ['Whoever made the request for {members} people, from {from} on, has withdrawn it.'],
      next: ['The next payment opens a new period of membership.'],
    },
    'payer refund-asked': {
      title: 'We received the request to pay money back',
      what: ['The request to pay back {amount} is being checked by another officer.'],
      next: ['You need not do anything. We will tell you the decision.'],
    },
    'payer refund-refused': {
      title: 'Paying money back was refused',
      what: ['The request to pay back {amount} was refused. The money is still yours.'],
      next: ['It is used for the next bill or month.', 'Ask for the reason at our office; you may ask for a review of this decision.'],
    },
    'payer refund-ordered': {
      title: 'Paying money back was approved',
      what: ['{amount} will be sent to the account at {bank} that ends in {account}.'],
      next: ['We will tell you once the bank has paid it. If that account is not yours, tell our office at once.'],
    },
    'payer refund-paid': {
      title: 'Your money was sent',
      what: ['On {paidOn} the bank sent {amount} to the account at {bank} that ends in {account}.'],
      next: ['Check your account. If the money is not there, ask our office and bring this letter.'],
    },
    ...contractLetters,
    'payer fine-waived': {
      title: 'A late fine is not asked any more',
      what: ['The fine of {amount} on the bill for {month} was waived.'],
      next: ['What else is on that bill is still to be paid. If nothing is left to pay, you need not do anything.'],
    },
    'payer fine-waiver-refused': {
      title: 'The late fine stays',
      what: ['The request to waive a fine of {amount} was refused.'],
      next: [
        'Pay the fine with the bill that it stands on.',
        'Ask for the reason at our office; you may ask for a review of this decision.',
      ],
    },
    'payer written-off': {
      title: 'An old debt is not asked any more',
      what: ['{amount} of the bill for {month} was written off. You are not asked for it any more, and no new fine follows from it.'],
      next: [
        '{!deferred}Writing off is not paying: in your workers’ records that month stays unpaid.',
        '{?deferred}It was an instalment of contributions that had been put off. It is not billed again, and it is not paid: nothing of it can come back to you.',
        'You need not do anything.',
      ],
    },
    'payer employer-closed': {
      title: 'You are closed as an employer',
      what: ['You have been closed as an employer since {closedOn}. Nobody can be registered with you any more.'],
      next: [
        'Bills that are not paid are still owed.',
        'If this is wrong, or if people work for you again, tell our office and bring this letter.',
      ],
    },
    'payer employer-reopened': {
      title: 'You are opened again as an employer',
      what: [
        'You were closed as an employer on {closedOn}. Since {reopenedOn} you are open again, so that what was left can be put right.',
        '{amount} of your money was still with us.',
      ],
      next: [
        'Once everything has its place you are closed again. We will tell you.',
        'Is a worker’s last month wrong, or should the money go to an account of yours? Tell our office and bring this letter.',
      ],
    },
  },
  whys: {
    correction: 'its data were corrected',
    'late-law': 'the law for that month was published later',
    'price-fall': 'a new law lowers what you had paid ahead',
  },
  figures: {
    amount: 'Amount',
    due: 'Pay by',
    bill: 'Bill number',
    certificate: 'Certificate number',
    came: 'What you paid',
    missing: 'Still missing',
    members: 'People',
    coveredUntil: 'Covered until',
  },
  table: {
    caption: 'The contribution for {month}, before and after',
    what: 'What is counted',
    before: 'Before',
    after: 'After',
    base: 'Wage or income as reported',
    total: 'Contribution in all',
    nothing: 'nothing',
  },
  instalments: {
    caption: 'All instalments of what was put off, as of {on}',
    by: ' (by {act}; {status})',
    status: { verified: 'verified', 'one-source': 'days known from one source only', unverified: 'days not verified' },
    due: 'Pay by',
    amount: 'Amount',
    state: 'State',
    total: 'In all',
    states: {
      paid: 'paid on {paidOn}',
      open: 'to be paid',
      late: 'not paid yet',
      'written-off': 'not asked any more',
      'given-back': 'given back',
      'to-come': 'to come',
    },
  },
  to: 'To',
  memberNumber: 'Member number',
  payerNumber: 'Payer number',
  writtenOn: 'Date',
  letter: 'Letter number',
  question: 'Is something wrong or unclear? Ask at any office and bring this letter.',
  sender: 'From: Payung, the scheme that insures you',
  synthetic: 'Sample letter: made-up people, firms and amounts.',
  online: 'You can read this letter again, in other languages too, at:',
  code: 'Do not give this address to anybody else.',
}
