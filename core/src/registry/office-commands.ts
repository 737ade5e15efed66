// `payung offices`: the offices of the scheme, so that a member of staff can be given one.
import type { Result } from '@payung/values'
import { type Answer, answer, type Command, type CommandContext, readAs, systemActor, table } from '../platform/index.ts'
import { readOffices } from './scheme-store.ts'

async function list(context: CommandContext): Promise<Result<Answer>> {
  const rows = await readAs(await context.platform(), { role: 'run', actor: systemActor }, readOffices)
  const shown = rows.map(({ office_id, kind, name, parent_id, districts }) => ({
    officeId: office_id,
    kind,
    name,
    parentId: parent_id,
    sees: kind === 'head' ? ('all' as const) : districts,
  }))
  return answer(
    shown,
    table(
      ['office', 'kind', 'name', 'sees'],
      shown.map(({ officeId, kind, name, sees }) => [officeId, kind, name, sees === 'all' ? 'everybody' : `${sees} districts`]),
    ),
  )
}

export const officeCommands: readonly Command[] = [
  { name: 'offices', summary: 'the offices, and how many districts each serves', options: {}, run: list },
]
