// The data dictionary as a page: printed by the command, and kept in docs/import.md.
import type { Pack } from '@payung/law'
import { type Column, type FileInfo, files, forms } from './dictionary.ts'

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  row(head),
  row(head.map(() => '---')),
  ...rows.map(row),
]

const savingsOf = (pack: Pack): string[] => pack.programmes.filter(({ savings }) => savings).map(({ code }) => code)

/** Codes of the pack stand in the examples. */
function shown(pack: Pack, example: string): string {
  const [segment] = pack.segments
  const of: Readonly<Record<string, string | undefined>> = {
    '@segment': segment?.code,
    '@programmes': segment?.programmes.slice(0, 2).join(' '),
    '@savings': savingsOf(pack)[0],
  }
  const text = example.startsWith('@') ? (of[example] ?? '') : example
  return text === '' ? '' : `\`${text}\``
}

const columnRow = (pack: Pack, { name, form, required, holds, example }: Column): string[] => [
  `\`${name}\``,
  required ? 'yes' : '',
  form,
  holds,
  shown(pack, example),
]

const fileLines = (pack: Pack, { name, required, holds, columns, facts, sums }: FileInfo): string[] => [
  `## ${name}.csv`,
  '',
  `${holds[0]?.toUpperCase()}${holds.slice(1)}.${required ? '' : ' This file may be left out.'}`,
  '',
  ...tableOf(
    ['column', 'needed', 'form', 'holds', 'example'],
    columns.map((each) => columnRow(pack, each)),
  ),
  '',
  ...(facts ? ['Columns named `fact.CODE` may follow, one for each fact of the list below; an empty cell says nothing.', ''] : []),
  `In totals.csv: ${['rows', ...sums].map((measure) => `\`${name},${measure},…\``).join(' and ')}.`,
  '',
]

const codesOf = (pack: Pack): string[] => {
  const kinds = pack.payerKinds.filter(({ holder }) => holder !== 'person').map(({ code }) => code)
  const list = (title: string, codes: readonly string[]): string => `- ${title}: ${codes.map((code) => `\`${code}\``).join(', ')}`
  return [
    '## Codes',
    '',
    `Of the country pack "${pack.code}"; the currency is ${pack.currency.code} with ${pack.currency.exponent} decimal places. Its law is known from ${pack.start}.`,
    '',
    list(
      'segments',
      pack.segments.map(({ code }) => code),
    ),
    list(
      'programmes',
      pack.programmes.map(({ code }) => code),
    ),
    list('programmes of savings', savingsOf(pack)),
    list('kinds of organisations', kinds),
    '- regions: the codes of the official list; persons live in a district',
    '',
    ...tableOf(
      ['fact', 'form', 'choices'],
      pack.facts
        .filter(({ derived, type, code }) => !derived && type !== 'programmes' && !['payer', 'born', 'sex', 'joined'].includes(code))
        .map(({ code, type, choices }) => [`\`fact.${code}\``, type, choices?.join(', ') ?? '']),
    ),
    '',
  ]
}

const lead = [
  '# Taking over the records of another system',
  '',
  'Printed by `payung import --dictionary`. A folder of CSV files (UTF-8, the first line names the columns, comma or semicolon, quoted',
  'cells as in RFC 4180) is taken over by `payung import FOLDER`: whole or not at all.',
  '',
  'First every row is read and checked. If one is wrong, nothing is taken, and `bad-rows.csv` in the folder names file, row, column, value,',
  'reason and remedy of each. Then the counts and sums must be those of totals.csv; if not, nothing is taken, and the differences are told.',
  'Only then rows are written, in steps; a takeover that was cut short goes on where it was when it is started again. The same folder taken',
  'twice is taken once.',
  '',
  'Old numbers stay: they lead to the member wherever a member number is asked for. A person whose identity number is known already is not',
  'made twice; the old number then leads to the known person.',
  '',
]

const totals = [
  '## totals.csv',
  '',
  'What the system before counted and summed itself, for every file of the folder.',
  '',
  ...tableOf(
    ['column', 'needed', 'form', 'holds', 'example'],
    [
      ['`file`', 'yes', 'text', 'the name of the file without its ending', '`balances`'],
      ['`measure`', 'yes', 'text', '`rows`, or the column that is summed', '`amount`'],
      ['`value`', 'yes', 'count', 'the number of rows, or the sum', '`48250000`'],
    ],
  ),
  '',
]

export const dictionaryLines = (pack: Pack): string[] => [
  ...lead,
  ...tableOf(
    ['form', 'is written'],
    Object.entries(forms).map(([form, written]) => [form, written]),
  ),
  '',
  ...files.flatMap((file) => fileLines(pack, file)),
  ...totals,
  ...codesOf(pack),
]
