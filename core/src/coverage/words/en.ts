// The words of public figures in English.
import type { CoverageWords } from './words.ts'

export const en: CoverageWords = {
  synthetic: 'Example data: made-up people and firms. ',
  syntheticSource: 'Payung, demonstration nation: each person stands for {scale}. {source}',
  source: 'Payung, own counts of the registry and the ledger. {source}',
  citation: '{title}, {asOf}. Payung{synthetic}, /v1/public/figures/{id}.',
  citationSynthetic: ' (example data)',
  sponsored: 'Sponsors and public budgets pay',
  memberNumber: 'Member number',
  suppressed: 'Counts below 5 are hidden, and so are neighbours that would reveal them.',
  figures: {
    'active-members': {
      title: 'Covered persons',
      definition: 'Persons who on this day are covered in at least one programme, also while a contribution is outstanding. Each person counts once.',
      doesNotSay: 'It does not say how many memberships there are, nor whether a claim would be paid in full: limits may apply.',
    },
    'members-by-segment': {
      title: 'Covered persons by segment',
      definition: 'Covered persons by the segment of their membership. Who has several counts once, in the earliest one that is active.',
      doesNotSay: 'It does not say in how many segments a person is insured.',
    },
    'members-by-programme': {
      title: 'Covered persons by programme',
      definition: 'Persons covered in each programme on this day. A person counts once in every programme.',
      doesNotSay: 'The rows do not add up to the covered persons, because most people are in several programmes.',
    },
    'coverage-by-province': {
      title: 'Coverage by province',
      definition: 'Covered persons by where they live, of the workers there who could be insured.',
      doesNotSay: 'It does not count members where their employer has its seat. The number of workers who could be insured is an estimate, not a count.',
    },
    'contributions-by-month': {
      title: 'Contributions by month',
      definition: 'Contributions and premiums of each month: computed from the rows of members, billed, booked in the ledger, and collected so far.',
      doesNotSay: 'Fines and the State’s own share are not in it. Self-payers and sponsors appear when they pay: nobody owes what was only offered.',
    },
    control: {
      title: 'The control',
      definition: 'After each step of work: contributions, premiums, fines and State share as computed, as billed and as booked; the bank’s balance by the ledger and by its statement; and the difference.',
      doesNotSay: 'A difference of 0 shows that the books agree with each other. It does not show that a wage was reported correctly.',
    },
    'registered-persons': {
      title: 'Registered persons',
      definition: 'Persons who were ever registered, by where they live.',
      doesNotSay: 'Being registered is not being covered: many have left or stopped paying.',
    },
    groups: {
      title: 'Groups counted apart',
      definition: 'Covered persons of the groups that the scheme counts apart, and those for whom somebody else than themselves or an employer pays.',
      doesNotSay: 'The groups lie inside the segments and do not add up to all covered persons.',
    },
  },
  columns: {
    day: 'Day', members: 'Covered persons', segment: 'Segment', programme: 'Programme', province: 'Province', name: 'Name', people: 'People', eligible: 'Workers who could be insured',
    rate: 'Of every 100', registered: 'Registered persons', group: 'Group', month: 'Month', state: 'State', computed: 'Computed', billed: 'Billed', booked: 'Booked', difference: 'Difference',
    collected: 'Collected', at: 'At', step: 'After', contributions: 'Contributions', premiums: 'Premiums', fines: 'Fines', stateShare: 'State share', bank: 'Bank by the ledger', statement: 'Bank by its statement',
  },
}
