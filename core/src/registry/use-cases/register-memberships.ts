// Opens memberships: each row checked against the pack and the person's other memberships, then written with who pays.
import type { Pack } from '@payung/law'
import type { Day, Refusal } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { personDied } from '../domain/leaving.ts'
import {
  type CheckedMembership,
  checkMembership,
  type NewMembership,
  type OtherMembership,
  refuseNumber,
  refuseOverlap,
} from '../domain/membership.ts'
import { changeDays, type DatedFacts, factsOn, mergeFacts, spansFrom } from '../domain/merged-facts.ts'
import { decidePayer, refuseKind } from '../domain/payer-of-membership.ts'
import { rowOf } from '../domain/row-fault.ts'
import type { MembershipsOpened } from '../events.ts'
import { addMemberships, readOtherMemberships } from '../membership-store.ts'
import { type Payer, payersOfPersons } from '../organisation-store.ts'
import type { EntryFacts } from '../person-store.ts'
import { readSurroundings, type Surroundings } from './read-surroundings.ts'

export type MembershipResult = {
  readonly row: number
  readonly personId: bigint | null
  readonly ordinal: number | null
  readonly refusal: Refusal | null
}

type Entry = CheckedMembership & {
  readonly index: number
  readonly personId: bigint
  readonly person: EntryFacts
  readonly organisationId: bigint | null
  readonly payer: Payer | null
  readonly ordinal: number
}

/** Each row is decided in its order, so that a row also sees those before it in the same set. */
function decide(
  pack: Pack,
  rows: readonly NewMembership[],
  around: Surroundings,
  others: Map<bigint, OtherMembership[]>,
  today: Day,
): { entries: Entry[]; refusals: Map<number, Refusal> } {
  const entries: Entry[] = []
  const refusals = new Map<number, Refusal>()
  const added = new Map<bigint, number>()
  for (const [index, row] of rows.entries()) {
    const found = around.personOf(row.memberNumber)
    if (!found) {
      refusals.set(index, refuseNumber(row.memberNumber))
      continue
    }
    const { personId, person } = found
    if (person.diedOn !== null) {
      refusals.set(index, personDied(person.diedOn))
      continue
    }
    const payer = decidePayer(pack, row, around)
    const checked = payer.ok ? checkMembership(pack, row, person.born, today) : payer
    if (!payer.ok || !checked.ok) {
      if (!checked.ok) refusals.set(index, checked.refusal)
      continue
    }
    const kind = payer.value?.kind ?? selfPayerKind(pack).code
    const notOfSegment = refuseKind(pack, row.segment, kind, checked.value.from, payer.value?.payerId ?? null)
    if (notOfSegment) {
      refusals.set(index, notOfSegment)
      continue
    }
    const membership = {
      segment: row.segment,
      organisationId: row.organisationId ?? null,
      programmes: checked.value.programmes,
      from: checked.value.from,
      until: null,
    }
    const known = others.get(personId) ?? []
    const overlap = refuseOverlap(membership, known)
    if (overlap) {
      refusals.set(index, overlap)
      continue
    }
    others.set(personId, [...known, membership])
    added.set(personId, (added.get(personId) ?? 0) + 1)
    entries.push({
      ...checked.value,
      index,
      personId,
      person,
      organisationId: membership.organisationId,
      payer: payer.value,
      ordinal: person.lastOrdinal + (added.get(personId) ?? 0),
    })
  }
  return { entries, refusals }
}

/** The payer kind that a person is for himself, by the pack. */
export function selfPayerKind(pack: Pack) {
  const kind = pack.payerKinds.find(({ holder }) => holder === 'person')
  if (!kind) throw new Error(`the pack ${pack.code} has no payer that is a person`)
  return kind
}

async function withPayers(tx: Tx, pack: Pack, entries: readonly Entry[]): Promise<(Entry & { payer: Payer })[]> {
  const alone = entries.filter(({ payer }) => payer === null).map(({ personId }) => personId)
  const kind = selfPayerKind(pack)
  const selves = alone.length === 0 ? new Map<bigint, Payer>() : await payersOfPersons(tx, [...new Set(alone)], kind.code, kind.settlement)
  return entries.map((entry) => {
    const payer = entry.payer ?? selves.get(entry.personId)
    if (!payer) throw new Error('a person has no payer of his own')
    return { ...entry, payer }
  })
}

const factsOf = (organisations: Surroundings['organisations'], { organisationId }: Entry): readonly DatedFacts[] =>
  organisationId === null ? [] : (organisations.get(organisationId) ?? [])

/** Opens memberships; each row is answered by itself, in the order given. `acceptedOn` is the day of entry, today when absent. */
export async function registerMemberships(
  tx: Tx,
  { pack, acceptedOn }: { readonly pack: Pack; readonly acceptedOn?: Day },
  rows: readonly NewMembership[],
): Promise<MembershipResult[]> {
  const today = tx.today(pack.timeZone)
  const around = await readSurroundings(tx, rows)
  const others = await readOtherMemberships(tx, around.personIds)
  const { entries, refusals } = decide(pack, rows, around, others, today)
  const opened = (await withPayers(tx, pack, entries)).map((entry) => ({ ...entry, acceptedOn: acceptedOn ?? today }))
  await addMemberships(
    tx,
    opened.map((entry) => ({ ...entry, segment: entry.segment.code, payerId: entry.payer.payerId })),
  )
  if (opened.length > 0) {
    const spans = opened.flatMap((entry) => {
      const facts = factsOf(around.organisations, entry)
      return spansFrom(entry.from, null, changeDays(facts)).map((span) => ({
        entry,
        ...span,
        organisationFacts: factsOn(facts, span.from),
      }))
    })
    const detail: MembershipsOpened = spans.map(({ entry, from, until, organisationFacts }) => ({
      personId: entry.personId,
      ordinal: entry.ordinal,
      payerId: entry.payer.payerId,
      payerKind: entry.payer.kind,
      settlement: entry.payer.settlement,
      segment: entry.segment.code,
      facts: mergeFacts(pack, {
        segment: entry.segment.code,
        organisationFacts,
        membershipFacts: entry.facts,
        born: entry.person.born,
        sex: entry.person.sex,
        joined: entry.from,
        payerKind: entry.payer.kind,
        programmes: entry.programmes,
      }),
      born: entry.person.born,
      base: entry.base,
      from,
      until,
      joined: entry.from,
      acceptedOn: entry.acceptedOn,
      organisationId: entry.organisationId,
    }))
    await tx.emit({
      kind: 'memberships-opened',
      room: 'registry',
      subject: 'memberships',
      payload: { opened: opened.length, refused: refusals.size, segments: countSegments(opened) },
      detail,
    })
  }
  const done = new Map(opened.map((entry) => [entry.index, entry]))
  return rows.map((_, index) => ({
    row: rowOf(index),
    personId: done.get(index)?.personId ?? null,
    ordinal: done.get(index)?.ordinal ?? null,
    refusal: refusals.get(index) ?? null,
  }))
}

function countSegments(opened: readonly Entry[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { segment } of opened) counts[segment.code] = (counts[segment.code] ?? 0) + 1
  return counts
}
