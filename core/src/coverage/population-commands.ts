// `payung population import`: the people of every district from a file, as the denominator of the rates.
import type { Law } from '@payung/law'
import { ok, type Result } from '@payung/values'
import { type Answer, type Command, type CommandContext, inTransaction, systemActor } from '../platform/index.ts'
import { badRow, badRowLines, readColumns } from '../registry/index.ts'
import { importPopulation } from './use-cases/import-population.ts'

const columns = { region: 'region', people: 'people', eligible: 'eligible' } as const

async function importFile(context: CommandContext, { pack }: Law): Promise<Result<Answer>> {
  const file = await readColumns(context.words[0] ?? '', Object.values(columns))
  if (!file.ok) return file
  const { rows } = file.value
  const input = {
    rows: rows.map(({ cells }) => ({ region: cells.region ?? '', people: cells.people ?? '', eligible: cells.eligible ?? '' })),
    source: context.required('source'),
    asOf: context.required('as-of'),
    timeZone: pack.timeZone,
  }
  const caller = { role: 'run', actor: systemActor } as const
  const done = await inTransaction(await context.platform(), caller, { name: 'import-population', input }, importPopulation)
  if (!done.ok) return done
  const { faults, ...imported } = done.value
  const refused = faults.map(({ index, refusal }) => badRow(rows[index]?.line ?? 0, refusal, columns))
  const { changed, districts, people, eligible } = imported
  const first =
    refused.length > 0
      ? `Nothing was taken: ${refused.length} of ${rows.length} rows are wrong.`
      : `${changed ? 'Taken' : 'Known already'}: ${people} people in ${districts} districts, ${eligible} of them could be insured.`
  return ok({ value: { ...imported, refused }, lines: [first, ...badRowLines(refused)], refused: refused.length > 0 })
}

export const populationCommandsFor = (law: Law): readonly Command[] => [
  {
    name: 'population import',
    summary: `take the people of every district from a file with the columns ${Object.values(columns).join(', ')}`,
    words: '<file.csv>',
    options: {
      source: { type: 'string', summary: 'where the numbers come from, as figures shall cite it', value: 'text', required: true },
      'as-of': { type: 'string', summary: 'the day for which people were counted', value: 'day', required: true },
    },
    run: (context) => importFile(context, law),
  },
]
