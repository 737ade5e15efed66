// Writes the staged rows of a folder whose rows were all good and whose totals agreed, in steps: each step is one short transaction that is
// done once. The files are not needed any more.
import type { Law } from '@payung/law'
import type { Day } from '@payung/values'
import { acceptTakenMemberships } from '../../contributions/index.ts'
import type { Tx } from '../../platform/index.ts'
import { selfPayerKind, takeMemberships, takeNumbers, takeOrganisations, takePersons } from '../../registry/index.ts'
import { bookOpenings } from '../../savings/index.ts'
import type { FileName } from '../domain/dictionary.ts'
import { keepOrganisationNumbers } from '../store/imports.ts'

export type Taken = Readonly<Record<string, number>>
export type Taking = { readonly law: Law; readonly importId: bigint /** The day of the takeover: the day it began. */; readonly on: Day }

type Places = readonly [first: number, last: number]
type Take = (tx: Tx, taking: Taking, places: Places) => Promise<Taken>

const persons: Take = async (tx, { on }, places) => {
  const { taken, known } = await takePersons(tx, places, on)
  return { 'persons made': taken, 'persons known before': known }
}

const organisations: Take = async (tx, { on }) => {
  const taken = await takeOrganisations(tx, on)
  await keepOrganisationNumbers(tx)
  return { organisations: taken }
}

const numbers: Take = async (tx, _, places) => ({ 'further numbers': await takeNumbers(tx, places) })

const memberships: Take = async (tx, { law, importId, on }, places) => {
  const taken = await takeMemberships(tx, places, on, selfPayerKind(law.pack))
  await acceptTakenMemberships(tx, law, on)
  return { memberships: taken, 'opening balances': await bookOpenings(tx, law, importId) }
}

/** In this order: organisations and persons first, because memberships name them; balances are written with their membership. */
export const takes: readonly {
  readonly name: FileName
  readonly take: Take /** In one step, whatever its size. */
  readonly whole?: true
}[] = [
  { name: 'organisations', take: organisations, whole: true },
  { name: 'persons', take: persons },
  { name: 'numbers', take: numbers },
  { name: 'memberships', take: memberships },
]

/** One step: a chunk of a file's rows. */
export async function takeChunk(tx: Tx, taking: Taking, { name, take }: (typeof takes)[number], places: Places): Promise<Taken> {
  const taken = await take(tx, taking, places)
  await tx.emit({ kind: `${name}-taken-over`, room: 'takeover', subject: `import:${taking.importId}`, payload: { ...taken } })
  return taken
}
