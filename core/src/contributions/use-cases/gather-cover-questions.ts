// Questions about cover that arrive at the same moment are answered together: one transaction says who may see whom and notes every look,
// durable before any data leave; a second one, with full sight, decides cover for all of them.
import type { Law } from '@payung/law'
import { type Day, ok, plainNumber, type Result, refuse } from '@payung/values'
import { type Caller, gather, type Platform, readAs, type Tx } from '../../platform/index.ts'
import { ownAmong } from '../../registry/index.ts'
import { membershipsOfSame, visiblePersons } from '../store/persons.ts'
import { notSeen } from './find-person.ts'
import { type MembershipCover, showCover } from './show-cover.ts'

/** `on` absent: today. */
export type CoverQuestion = { readonly number: string; readonly on: Day | undefined; readonly why: string | undefined }
export type CoverAnswer = { readonly on: Day; readonly memberships: readonly MembershipCover[] }
type Admitted = { readonly on: Day; readonly persons: readonly bigint[]; readonly visible: ReadonlySet<string> }

/** Who would wait longer than this many questions take is served with the next group. */
const largestGroup = 64

/** Whom each question is about, as far as the asker may see him: two statements for all of them, and a look for each. */
async function admit(tx: Tx, today: Day, questions: readonly CoverQuestion[]): Promise<Result<Admitted>[]> {
  const seen = await visiblePersons(
    tx,
    questions.map(({ number }) => plainNumber(number)),
  )
  const persons = [...new Set(seen.values())]
  const known = Map.groupBy(await membershipsOfSame(tx, persons), ({ asked }) => asked)
  const own = await ownAmong(tx, persons)
  return questions.map(({ number, on, why }, place) => {
    const person = seen.get(place)
    if (person === undefined) return refuse(notSeen(number))
    if (!own.has(person)) tx.look(person, 'cover', why ?? '')
    const rows = known.get(person) ?? []
    return ok({
      on: on ?? today,
      persons: [...new Set(rows.map(({ person_id }) => person_id))],
      visible: new Set(rows.map(({ person_id, ordinal }) => `${person_id} ${ordinal}`)),
    })
  })
}

async function answerAll(
  platform: Platform,
  law: Law,
  caller: Caller,
  questions: readonly CoverQuestion[],
): Promise<Result<CoverAnswer>[]> {
  const admitted = await readAs(platform, caller, (tx) => admit(tx, tx.today(law.pack.timeZone), questions))
  // Who pays, and what is in arrears, is not the asker's to read, but decides the answer: it is decided with full sight, and only
  // the memberships that the asker may see are told.
  const asked = Map.groupBy(
    admitted.flatMap((each) => (each.ok ? [each.value] : [])),
    ({ on }) => on,
  )
  const known = await readAs(platform, { role: 'run', actor: caller.actor }, async (tx) => {
    const byDay = new Map<Day, Map<bigint, MembershipCover[]>>()
    for (const [on, of] of asked) {
      const persons = [...new Set(of.flatMap((each) => each.persons))]
      byDay.set(
        on,
        Map.groupBy(await showCover(tx, law, persons, on), ({ personId }) => personId),
      )
    }
    return byDay
  })
  return admitted.map((each) => {
    if (!each.ok) return each
    const { on, persons, visible } = each.value
    const memberships = persons.flatMap((person) => known.get(on)?.get(person) ?? [])
    return ok({ on, memberships: memberships.filter(({ personId, ordinal }) => visible.has(`${personId} ${ordinal}`)) })
  })
}

/** One for a process. Throws for a question only what that question alone met. */
export const gatherCoverQuestions = (law: Law) =>
  gather<CoverQuestion, Result<CoverAnswer>>({
    apart: true,
    next: (waiting) => waiting.slice(0, largestGroup),
    serve: (platform, caller, group) => answerAll(platform, law, caller, group),
  })
