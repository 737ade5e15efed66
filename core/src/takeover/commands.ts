// `payung import`: takes over a folder of another system's records, goes on with one that was cut short, or prints the data dictionary.
import { rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Law } from '@payung/law'
import { type Result, refuse } from '@payung/values'
import { type Answer, answer, type Command, type CommandContext, misuse, systemActor, table } from '../platform/index.ts'
import { badRowsFile } from './domain/bad-rows.ts'
import { dictionaryLines } from './domain/print-dictionary.ts'
import { openFolder } from './folder.ts'
import { type BadRows, continueImport, type Imported, importFolder } from './use-cases/import-folder.ts'

const count = new Intl.NumberFormat('en')

function told(imported: Imported): Result<Answer> {
  const rows = Object.entries(imported.counts).map(([what, many]) => [what, count.format(BigInt(many))] as const)
  const first = imported.already ? 'Known already: this folder was taken over before; nothing was done.' : 'Taken over; the totals agree.'
  return answer(imported, [first, ...rows.map(([what, many]) => `${many.padStart(14)}  ${what}`)])
}

/** Written whole or not at all: nobody reads half a file. */
async function writeBadRows(file: string, { faults, count: all }: BadRows): Promise<void> {
  await writeFile(`${file}.part`, badRowsFile(faults, all))
  await rename(`${file}.part`, file)
}

async function refuseRows(file: string, bad: BadRows, context: CommandContext): Promise<Result<Answer>> {
  await writeBadRows(file, bad)
  if (!context.json) {
    const shown = bad.faults.slice(0, 20).map((each) => [each.file, each.line, each.column, each.value, each.reason])
    for (const line of table(['file', 'row', 'column', 'value', 'reason'], shown)) context.progress.note(line)
  }
  return refuse({
    code: 'bad-rows',
    rule: 'A folder is taken over when every row is good; nothing was taken.',
    data: { rows: String(bad.count), file },
    next: `Correct the rows that ${file} names, and start again.`,
  })
}

async function runImport(context: CommandContext, law: Law): Promise<Result<Answer>> {
  if (context.flag('dictionary')) {
    const lines = dictionaryLines(law.pack)
    return answer({ dictionary: lines.join('\n') }, lines)
  }
  const options = { actor: systemActor, progress: context.progress }
  const [given] = context.words
  if (context.flag('continue')) {
    const done = await continueImport(await context.platform(), law, options)
    return done.ok ? told(done.value) : done
  }
  if (given === undefined || context.words.length !== 1)
    return misuse('One folder is taken over at a time.', { given: context.words.join(' ') }, 'Write: payung import FOLDER, or --dictionary')
  const folder = await openFolder(law.pack, path.resolve(given))
  if (!folder.ok) return folder
  const file = path.join(folder.value.path, 'bad-rows.csv')
  const done = await importFolder(await context.platform(), law, folder.value, options)
  if (!done.ok) return done
  if ('faults' in done.value) return refuseRows(file, done.value, context)
  await rm(file, { force: true })
  return told(done.value)
}

export const commandsFor = (law: Law): readonly Command[] => [
  {
    name: 'import',
    summary: 'take over persons, employers, memberships and savings of another system from a folder of CSV files',
    words: '[folder]',
    options: {
      dictionary: { type: 'boolean', summary: 'print the files, columns, forms and examples' },
      continue: { type: 'boolean', summary: 'go on with an import that was cut short while it was written' },
    },
    run: (context) => runImport(context, law),
  },
]
