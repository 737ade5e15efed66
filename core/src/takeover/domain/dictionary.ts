// The data dictionary of a folder that is taken over: its files, and for each column what it holds, in which form, and an example. The
// reader, the checks and the printed dictionary go by this one list.

export type Form = 'text' | 'number' | 'day' | 'month' | 'amount' | 'count' | 'code'
export type Column = {
  readonly name: string
  readonly form: Form
  readonly required: boolean
  readonly holds: string
  /** As it would be written; `@…` is a code of the pack. */
  readonly example: string
}
export type FileName = 'persons' | 'numbers' | 'organisations' | 'memberships' | 'balances'
export type FileInfo = {
  readonly name: FileName
  readonly required: boolean
  readonly holds: string
  readonly columns: readonly Column[]
  /** Whether columns named `fact.CODE` may follow, with what the law asks. */
  readonly facts: boolean
  /** Columns of amounts or counts whose sums the totals must tell, besides the number of rows. */
  readonly sums: readonly string[]
}

const column = (name: string, form: Form, holds: string, example: string): Column => ({ name, form, required: true, holds, example })
const optional = (name: string, form: Form, holds: string, example: string): Column => ({ name, form, required: false, holds, example })

const oldNumber = column('old_number', 'number', 'the member number in the system before; it stays and works everywhere', '85A00012345')

export const forms: Readonly<Record<Form, string>> = {
  text: 'words, at most 200 characters',
  number: '4 to 20 digits or letters; spaces, dots and dashes are left out, and capital and small letters are the same',
  day: 'YYYY-MM-DD',
  month: 'YYYY-MM',
  amount: 'whole minor units of the currency, digits only, at most 15',
  count: 'a whole number in digits',
  code: 'one of the codes listed below',
}

export const files: readonly FileInfo[] = [
  {
    name: 'organisations',
    required: false,
    holds: 'employers and other organisations that employ or pay',
    columns: [
      column('organisation', 'number', 'the number of the organisation in the system before', 'NP100234'),
      column('kind', 'code', 'the kind of payer', 'employer'),
      column('name', 'text', 'the name as in the deed or decree', 'Example Works'),
      column('region', 'code', 'the region of the seat', '31.71'),
      optional('funding_code', 'text', 'which budget pays, for public payers', ''),
    ],
    facts: true,
    sums: [],
  },
  {
    name: 'persons',
    required: true,
    holds: 'persons, each once; further numbers of a person stand in numbers.csv',
    columns: [
      oldNumber,
      column('name', 'text', 'the name as on the identity card, without digits', 'Ayu Lestari'),
      column('born', 'day', 'the day of birth', '1990-05-17'),
      column('sex', 'code', 'female or male, as on the identity card', 'female'),
      column('region', 'code', 'the district of residence', '31.71'),
      optional('national_number', 'text', 'the identity number; it is stored encrypted', ''),
    ],
    facts: false,
    sums: [],
  },
  {
    name: 'numbers',
    required: false,
    holds: 'further old numbers of persons: duplicates and numbers from before',
    columns: [
      { ...oldNumber, holds: 'the number under which the person stands in persons.csv' },
      column('other_number', 'number', 'another number of the same person', '79B00054321'),
    ],
    facts: false,
    sums: [],
  },
  {
    name: 'memberships',
    required: false,
    holds: 'memberships, running and ended, with their opening record',
    columns: [
      { ...oldNumber, holds: 'the member, by any of the old numbers' },
      column('membership', 'text', 'tells the memberships of one member apart', '1'),
      column('segment', 'code', 'the segment', '@segment'),
      optional(
        'organisation',
        'number',
        'the employer; empty for those without one. A membership with an employer that is closed here, or paid by it, has ended before the closing',
        'NP100234',
      ),
      optional('payer', 'number', 'the organisation that pays; empty: the employer, or else the member', 'NP100999'),
      optional('programmes', 'text', 'programmes chosen, separated by spaces; empty: those that are compulsory', '@programmes'),
      column('base', 'amount', 'the present wage or income of one month', '5200000'),
      column('from', 'day', 'the first day of the membership', '2017-03-01'),
      optional(
        'last_day',
        'day',
        'the last day, when the membership has ended; at the latest the day of death of a member whose death is known here',
        '2024-12-31',
      ),
      optional('end_reason', 'text', 'why it ended', 'resigned'),
      optional('covered_since', 'day', 'the day since which cover has run without a gap; empty: not covered', '2017-03-01'),
      optional(
        'paid_to',
        'month',
        'the last month paid, for members who pay alone or whom a sponsor pays; at most as far ahead of the running month as the law lets anybody pay',
        '2026-09',
      ),
      column('months', 'count', 'months contributed in all before the takeover', '112'),
      column('act', 'text', 'the act or record on which months and savings rest', 'Handover record 12/2026'),
    ],
    facts: true,
    sums: ['base', 'months'],
  },
  {
    name: 'balances',
    required: false,
    holds: 'savings of memberships on the day of the handover',
    columns: [
      oldNumber,
      column('membership', 'text', 'the membership, as in memberships.csv', '1'),
      column('programme', 'code', 'a programme of savings', '@savings'),
      column('amount', 'amount', 'the balance with everything it has earned until the day', '48250000'),
      column(
        'day',
        'day',
        'the day of the balance, before the takeover, not before the membership began nor more than a day before the law that is known here. It counts here from the day after: of a last day of a month it earns from the next month; of an earlier day from that month, whose return must not be in it yet',
        '2026-09-30',
      ),
      column('act', 'text', 'the act or record on which the balance rests', 'Handover record 12/2026'),
    ],
    facts: false,
    sums: ['amount'],
  },
]

export const fileNamed = (name: FileName): FileInfo => {
  const found = files.find((file) => file.name === name)
  if (!found) throw new Error(`the dictionary has no file ${name}`)
  return found
}

/** Columns in which a fact stands: `fact.` and the pack's code. */
export const factOf = (columnName: string): string | undefined => (columnName.startsWith('fact.') ? columnName.slice(5) : undefined)
