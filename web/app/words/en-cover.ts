// The words of the answer to "am I covered?", in English.
import type { coverWords as indonesian } from './id-cover.ts'

export const coverWords: typeof indonesian = {
  title: 'Check cover',
  description: 'Check with a member number whether you are covered today.',
  errorPrefix: 'Error: ',
  ask: 'Are you covered today?',
  again: 'Check another number or day',
  day: 'On the day',
  dayHint: 'May be left empty for today.',
  number: (number) => `Member number ${number}`,
  headline: {
    covered: (day) => (day ? `Covered on ${day}.` : 'You are covered today.'),
    outstanding: (day) =>
      day ? `Covered on ${day}, but a contribution has not been paid.` : 'You are covered today, but a contribution has not been paid.',
    'employer pays first': (day) => (day ? `On ${day} the employer pays first.` : 'Your rights stand; the employer pays first.'),
    'not covered': (day) => (day ? `Not covered on ${day}.` : 'You are not covered today.'),
    'unknown number': () => 'This number is not registered.',
    'mistyped number': () => 'This number is not right yet.',
  },
  lead: {
    until: (day) => `Until ${day}.`,
    openEnded: 'As long as you remain a member and the contributions are paid.',
    since: (day) => `Since ${day}.`,
    begins: (day) => `The membership begins on ${day}.`,
    sinceNot: (day) => `Not covered since ${day}.`,
    employer:
      'Contributions have been unpaid for too long. After an accident at work or a death, the employer must pay the benefits first and may claim them back once the arrears are paid. You and your family do not lose your rights.',
    outstanding: 'If you have an accident at work now, treatment is still paid.',
    mayEnd: 'Settle the arrears so that your cover does not stop.',
    mayBecomeEmployers: 'If they stay unpaid beyond the period of grace, your rights stand, but the employer must pay the benefits first.',
    nothingToPay: 'You need not pay anything now.',
  },
  reasons: {
    'never-paid': 'The first contribution has not been paid, so cover has not begun.',
    lapsed: 'Contributions were not paid within the period of grace, so cover has stopped.',
    left: 'Membership ended because the employment ended or the member left.',
    'contract-ended': 'The contract or project that gave cover has ended.',
    'reported-late': 'The worker was reported after the time that the law allows; for the days before the report the employer answers.',
    'contract-not-begun': 'The contract or project that gives cover has not begun.',
    'no-membership': 'This number is registered, but there is no membership under it yet. No contribution is billed or owed.',
    'membership-not-begun': 'The membership of this number had not begun on that day.',
    'month-not-open': 'That month has not been opened in the system yet, so its cover is not computed.',
    'employer-unpaid': 'The employer has not paid the contributions.',
    'contribution-outstanding': 'A contribution is past its due date and has not been paid.',
  },
  restore: {
    titleNot: 'How to be covered again',
    titleFirst: 'How to become covered',
    titleStill: 'So that your cover does not stop',
    titleUnpaid: 'So that contributions are paid up again',
    titleEmployer: 'What to do now',
    pay: (amount, months) => `Pay ${amount} for ${months}.`,
    by: (day) => `By ${day} at the latest.`,
    how: 'Pay with this member number at the bank, shop or app where you usually pay. The payment counts once the whole amount has arrived; too little money waits as your credit.',
    others: {
      'employer-unpaid':
        'The employer must pay, not you. Ask the personnel office when the contributions will be paid. If there is no answer, report it to a branch office.',
      'contribution-outstanding':
        'Whoever pays your contributions needs to settle them. Ask the employer, donor or local government that pays for you.',
      left: 'If you work elsewhere now, ask the new employer to register you with the same number. If you work on your own, register as self-employed.',
      'contract-ended':
        'If you work on another project or contract, ask its organiser to register you with the same number. If you work on your own, register as self-employed.',
      'reported-late':
        'Your employer reported you too late for these days and must pay, not you. If there is no answer, report it to a branch office.',
      'contract-not-begun':
        'Cover begins on the first day of the contract or project, once its contribution is paid. Ask its organiser for the day.',
      lapsed: 'Whoever pays your contributions can continue, or you can pay yourself as a self-employed worker with the same number.',
      'never-paid': 'Cover begins once the first contribution is paid in full by whoever pays for you.',
      'no-membership':
        'If you work for an employer, ask to be registered under this number. If you work on your own, register as self-employed. Cover begins once the first contribution is paid in full.',
      'membership-not-begun': 'There is nothing to do for the days before. Check again from the day on which the membership begins.',
      'month-not-open': 'Check again tomorrow, or choose another day.',
    },
    other: 'Ask at a branch office, and bring the member card.',
  },
  programmes: 'Covered against what',
  states: {
    covered: 'covered',
    'covered, contribution outstanding': 'covered, contribution unpaid',
    'employer pays first': 'employer pays first',
    'not covered': 'not covered',
  },
  paidUntil: (day) => `Contributions paid until ${day}.`,
  coveredUntil: (day) => `Covered until ${day}.`,
  sinceProgramme: (day) => `Since ${day}.`,
  trace: 'Where does this answer come from?',
  traceCaption: 'The rule used for each cover',
  traceRule: 'Rule',
  traceArticle: 'Article',
  traceStatus: 'Certainty of the source',
  sourceStatus: { verified: 'verified', 'one-source': 'one source', unverified: 'not verified yet' },
  articles: {
    'none says what follows': 'no article says what follows',
    'none makes payment depend on arrears': 'no article makes payment depend on arrears',
    unknown: 'not known',
    whole: 'the whole act',
  },
  noAppeal: 'If you think this answer is wrong, take proof of payment or a pay slip to a branch office and ask for it to be checked.',
  months: {
    title: 'Month by month',
    none: 'No month has been paid for this number yet.',
    states: {
      paid: 'covered, paid',
      outstanding: 'covered, awaiting payment',
      employer: 'employer pays first',
      none: 'not covered',
      future: 'month to come',
    },
    several: (count) =>
      `This number has ${count} memberships in these years, and each is shown by itself. The answer above takes the best state among them, for each cover.`,
    membership: (place, count) => `Membership ${place} of ${count}`,
    left: (day) => `ended; no longer in force since ${day}`,
  },
  errors: {
    summary: 'Something needs correcting',
    empty: 'Type the member number first.',
    letters: 'A member number has digits only. Remove letters and other signs.',
    length: (digits, typed) => `A member number has ${digits} digits; you typed ${typed}.`,
    'check-digit': 'One digit seems to be wrong, or two are swapped. Compare them one by one with the member card.',
    other: 'This is not a member number. Compare it with the member card.',
    day: 'That day is not in the calendar. Choose another date, or leave it empty for today.',
  },
  unknown: {
    lead: 'The number is well formed, but there is no member with this number.',
    next: 'Compare it with the member card. If a new employer has just registered you, ask whether the registration has been accepted.',
  },
  merged:
    'This is an old number: its holder has another one now, and this answer holds for that person. No contribution is lost. Use the number on your latest member card.',
}
