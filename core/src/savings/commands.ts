// Savings on the command line: which commands there are, and what each takes.
import type { Law } from '@payung/law'
import type { Result } from '@payung/values'
import type { Answer, Command, CommandContext } from '../platform/index.ts'
import { listRequests, printYear, requestEntry, showAccount } from './account-commands.ts'
import { close, credit, declare, listRates, listYears, settle, takeRates } from './rate-commands.ts'

const programmeOption = {
  programme: { type: 'string', value: 'code', summary: 'the savings programme; the only one when left out' },
} as const

const text = (summary: string, value: string, fallback?: string) => ({
  type: 'string' as const,
  value,
  summary,
  ...(fallback === undefined ? { required: true } : { default: fallback }),
})

type Run = (context: CommandContext, law: Law) => Promise<Result<Answer>>

function command(law: Law, name: string, summary: string, words: string, options: Command['options'], run: Run): Command {
  return {
    name: name === '' ? 'savings' : `savings ${name}`,
    summary,
    ...(words === '' ? {} : { words }),
    options: { ...options, ...programmeOption },
    run: (context) => run(context, law),
  }
}

const ofAccounts = (law: Law): readonly Command[] => [
  command(
    law,
    '',
    'what a member has saved on a day, and how it came about',
    '<number>',
    {
      on: { type: 'string', value: 'day', summary: 'the day; today when left out' },
      explain: { type: 'boolean', summary: 'every entry and rate since the last statement' },
    },
    showAccount,
  ),
  command(
    law,
    'statement',
    'the statement of a year as a PDF',
    '<number> <year>',
    {
      lang: { type: 'string', value: 'language', summary: 'language of the words' },
      out: { type: 'string', value: 'file', summary: 'where to write it' },
    },
    printYear,
  ),
  command(
    law,
    'entry',
    'ask that an opening balance, a withdrawal or a correction is booked',
    '<number>',
    {
      kind: text('opening, withdrawal or correction', 'kind'),
      amount: text('in minor units', 'amount'),
      reference: text('names the act for ever', 'text'),
      act: text('what it rests on', 'text'),
      day: { type: 'string', value: 'day', summary: 'day of booking; today when left out' },
    },
    requestEntry,
  ),
  command(
    law,
    'requests',
    'what was asked to be booked by hand, and is not decided',
    '',
    { all: { type: 'boolean', summary: 'decided ones too' } },
    listRequests,
  ),
]

const ofRates = (law: Law): readonly Command[] => [
  command(
    law,
    'rate declare',
    'declare what some months earn',
    '',
    {
      from: text('first month', 'month'),
      to: text('last month', 'month'),
      rate: text('a year, such as 5.51%', 'rate'),
      kind: text('declared or provisional', 'kind', 'declared'),
      act: text('the decision', 'text'),
      article: text('its article', 'text', 'unknown'),
      link: text('where it can be read', 'address', 'unknown'),
      status: text('verified, one-source or unverified', 'status', 'unverified'),
      corrects: { type: 'boolean', summary: 'replaces a declared rate that was wrong' },
    },
    declare,
  ),
  command(law, 'rate take', 'take the published rates of the scheme', '', {}, takeRates),
  command(law, 'rate list', 'what the months of a year earn', '<year>', {}, listRates),
  command(law, 'month credit', 'move the return of a month to what savers are owed', '<YYYY-MM>', {}, credit),
  command(law, 'year close', 'write the statements of a year for all accounts', '<year>', {}, close),
  command(law, 'year list', 'the closed years', '', {}, listYears),
  command(law, 'difference settle', 'book what a late rate changes in closed years', '', {}, settle),
]

export const commandsFor = (law: Law): readonly Command[] => [...ofAccounts(law), ...ofRates(law)]
