// The words of public figures in English.
import type { CoverageWords } from './words.ts'

export const en: CoverageWords = {
  language: 'en',
  locale: 'en-GB',
  figureAddress: '/en/figures/{id}',
  all: 'All',
  monthStates: { open: 'running', closed: 'closed' },
  steps: {
    run: 'Contributions of {month} computed',
    reassess: 'Contributions of {month} computed anew by later law',
    deferred: 'Deferred contributions billed in {month}',
    daily: 'Daily control of {month}',
    command: 'Control on request {month}',
  },
  synthetic: 'Sample data: made-up people and firms. ',
  syntheticSource: 'Payung, sample nation: each person stands for {scale} people. {source}',
  cited: '{act} art {article}',
  source: 'Payung, own counts of the members and the books. {source}',
  citation: '{title}{value}, {asOf}. Payung{synthetic}, {address}',
  citationSynthetic: ' (sample data)',
  sponsored: 'Paid for by donors or public budgets',
  memberNumber: 'Member number',
  suppressed:
    'Counts of 1 to 4 people are written “<\u00a05”. Other counts that would give them away are hidden too and written “–” (in the CSV file: x).',
  figures: {
    'active-members': {
      title: 'Covered persons',
      definition:
        'Persons who on this day are covered in at least one programme, also while a contribution is outstanding. Each person counts once.',
      doesNotSay: 'It does not say how many memberships there are, nor whether a claim would be paid in full: limits may apply.',
    },
    'members-by-segment': {
      title: 'Covered persons by kind of worker',
      definition: 'Covered persons by how they work. Who has several memberships counts once, in the earliest one that is active.',
      doesNotSay: 'It does not say how many memberships a person has.',
    },
    'members-by-programme': {
      title: 'Covered persons by cover',
      definition: 'Persons who have each cover on this day. A person counts once in every cover.',
      doesNotSay: 'The rows do not add up to the covered persons, because most people have several covers.',
    },
    'coverage-by-province': {
      title: 'Coverage by province',
      definition: 'Covered persons by where they live, divided by the eligible workers there.',
      doesNotSay:
        'It does not count members where their employer has its seat. The number of eligible workers is an estimate, not a count.',
    },
    'contributions-by-month': {
      title: 'Contributions by month',
      definition:
        'Contributions of members and premiums of contracts for each month: computed from each row, billed, booked, and collected so far. Fines and the State’s own share are left out.',
      doesNotSay:
        'It is less than all bills of the month: with fines and the State’s share they are in “All bills by month”. Contributions of the self-employed and of donors appear once paid, because they are no debt.',
    },
    'bills-by-month': {
      title: 'All bills by month',
      definition:
        'Everything billed for a month, by its parts: contributions of members, premiums of contracts, fines for late payment, and the State’s share, each summed from its own rows; then the sum of the bills, what was booked, the difference between the three, and what has been collected of all bills.',
      doesNotSay:
        'It grows while a month runs: fines are billed later than what they are for, and the State’s share once its bill is made. Collected are bills paid in full.',
    },
    control: {
      title: 'The control',
      definition:
        'The latest check of each month: contributions, premiums, fines and State share as computed, as billed and as booked; the bank’s balance by the books and by its statement; and the difference.',
      doesNotSay: 'A difference of 0 shows that the books agree with each other. It does not show that a wage was reported correctly.',
    },
    'registered-persons': {
      title: 'Registered persons',
      definition: 'Persons who were ever registered, by where they live.',
      doesNotSay: 'Being registered is not being covered: many have left or stopped paying.',
    },
    groups: {
      title: 'Groups counted apart',
      definition:
        'Covered persons of the groups that the scheme counts apart, and those for whom somebody else than themselves or an employer pays.',
      doesNotSay: 'The groups lie inside the kinds of worker and do not add up to all covered persons.',
    },
    price: {
      title: 'Lowest contribution of a self-employed worker for one month',
      definition:
        'What a self-employed worker on the lowest income pays alone, without savings, for one month: this month, and from the next month on that is known to differ, by the law published so far.',
      doesNotSay: 'Higher incomes and further covers cost something else. New law may change the months to come.',
    },
    'created-counts': {
      title: 'Sample nation: when created and now',
      definition: 'Covered persons of the sample nation on the day it was created, with set numbers, beside the latest count.',
      doesNotSay: 'Both may differ: since then members have joined, left, paid or not.',
    },
  },
  columns: {
    day: 'Day',
    members: 'Covered persons',
    segment: 'Code of the kind',
    programme: 'Code of the cover',
    province: 'Code of the province',
    name: 'Name',
    people: 'People',
    eligible: 'Eligible workers',
    rate: 'Of every 100',
    registered: 'Registered persons',
    group: 'Code of the group',
    month: 'Month',
    state: 'State',
    computed: 'Computed',
    billed: 'Billed',
    booked: 'Booked',
    difference: 'Difference',
    collected: 'Collected',
    at: 'At',
    step: 'After',
    contributions: 'Contributions',
    premiums: 'Premiums',
    fines: 'Fines',
    stateShare: 'State share',
    bank: 'Bank by the books',
    statement: 'Bank by its statement',
    from: 'From month',
    price: 'Contribution a month',
    part: 'Code',
    created: 'When created',
    now: 'Now',
  },
}
