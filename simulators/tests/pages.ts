// The public addresses of a nation, asked as a reader asks them; and what they must say, counted by other ways than theirs: person by
// person from cover, month by month from bills, fines and the ledger's accounts.
import type { Law } from '@payung/law'
import { type Day, monthFromNumber } from '@payung/values'
import { houseFor } from '../../core/src/channels/rooms.ts'
import { makeServer } from '../../core/src/channels/server.ts'
import type { TestDatabase } from '../../tests/database.ts'

type Covered = {
  readonly active: ReadonlySet<bigint>
  readonly registered: number
  readonly byProgramme: ReadonlyMap<string, number>
  readonly byProvince: ReadonlyMap<string, number>
}
export type Pages = {
  get<Body>(path: string): Promise<Body>
  covered(on: Day): Promise<Covered>
  /** For each month, in minor units. */
  months(): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>>
  /** Some numbers of each answer, and all that are old numbers. */
  sample(on: Day): Promise<{ number: string; answer: string; merged: boolean }[]>
  close(): Promise<void>
}

/** Persons under the number that they bear now, with their state in each programme. */
const statesOn = `select d.person_id, c.programme, c.state, split_part(p.region_code, '.', 1) as province
  from contributions.cover_on($1::date) c join registry.person o on o.person_id = c.person_id
  join registry.member_directory d on d.member_number = o.member_number join registry.person p on p.person_id = d.person_id`

type State = { readonly person_id: bigint; readonly programme: string; readonly state: string; readonly province: string }

async function coveredOn({ admin }: TestDatabase, on: Day): Promise<Covered> {
  const { rows } = await admin.query<State>(statesOn, [on])
  const covered = rows.filter(({ state }) => state.startsWith('covered'))
  const persons = (some: readonly State[]): number => new Set(some.map(({ person_id }) => person_id)).size
  const sizes = (keyOf: (row: State) => string): Map<string, number> =>
    new Map([...Map.groupBy(covered, keyOf)].map(([key, some]) => [key, persons(some)]))
  const humans = await admin.query('select distinct person_id from registry.member_directory')
  return {
    active: new Set(covered.map(({ person_id }) => person_id)),
    registered: humans.rows.length,
    byProgramme: sizes(({ programme }) => programme),
    byProvince: sizes(({ province }) => province),
  }
}

/** Contributions and premiums by bills as they were issued and by the funds that they went to; all bills by what payers were asked for. */
async function monthsOf({ admin }: TestDatabase): Promise<Map<string, Record<string, string>>> {
  const { rows } = await admin.query<Record<string, string> & { month: number }>(
    `with bill as (
       select b.*, exists (select from contributions.counter_bill w where w.payer_id = b.payer_id and w.counter_id = b.bill_id and w.kind in ('fine-waiver', 'write-off')) as ends_debt
       from contributions.bill b where b.state <> 'calculated'
     )
     select m.month,
       (select coalesce(sum((employer + worker) * (1 - entry % 2 * 2)), 0) from contributions.contribution c where c.month = m.month)
         + (select coalesce(sum(p.employer + p.worker), 0) from contributions.premium_part p join bill b using (payer_id, bill_id) where p.month = m.month) as computed,
       (select coalesce(sum(employer + worker + correction), 0) from bill b where b.month = m.month and not ends_debt) as billed,
       (select coalesce(sum(case when a.account = t.credit then amount else -amount end), 0) from ledger.transfer t join ledger.account a on a.account in (t.debit, t.credit)
         where a.code like 'fund:%' and t.month = m.month and t.reason in ('contribution', 'premium', 'correction')) as booked,
       0 as difference,
       (select coalesce(sum(employer + worker + correction), 0) from bill b where b.month = m.month and paid_on is not null) as collected,
       (select coalesce(sum(fine), 0) from bill b where b.month = m.month) as fines,
       (select coalesce(sum(total), 0) from bill b where b.month = m.month) as all,
       (select coalesce(sum(case when a.account = t.credit then amount else -amount end), 0) from ledger.transfer t join ledger.account a on a.account in (t.debit, t.credit)
         where (a.code like 'fund:%' or a.code = 'fines') and t.month = m.month and t.reason in ('contribution', 'premium', 'fine', 'correction', 'state-share')) as "inLedger",
       0 as between,
       (select coalesce(sum(total), 0) from bill b where b.month = m.month and paid_on is not null) as paid
     from contributions.month m`,
  )
  return new Map(
    rows.map(({ month, ...sums }) => [
      monthFromNumber(Number(month)),
      Object.fromEntries(Object.entries(sums).map(([what, sum]) => [what, String(sum)])),
    ]),
  )
}

const best = ['covered', 'covered, contribution outstanding', 'employer pays first', 'not covered']

/** What one answer over all programmes must be: covered where nothing is missing, not covered where nothing is left; else undefined. */
function answerOf(states: readonly State[]): string | undefined {
  const ofProgramme = [...Map.groupBy(states, ({ programme }) => programme).values()].map((some) =>
    best.find((state) => some.some((each) => each.state === state)),
  )
  const [first] = ofProgramme
  if (ofProgramme.some((state) => state !== first)) return undefined
  return first === 'covered, contribution outstanding' ? 'outstanding' : first
}

async function sampleOf({ admin }: TestDatabase, on: Day): Promise<{ number: string; answer: string; merged: boolean }[]> {
  const states = Map.groupBy((await admin.query<State>(statesOn, [on])).rows, ({ person_id }) => person_id)
  const { rows } = await admin.query<{ member_number: string; person_id: bigint; alias: boolean }>(
    'select member_number, person_id, alias from registry.member_directory order by not alias, member_number',
  )
  const known = rows.flatMap(({ member_number, person_id, alias }) => {
    const answer = answerOf(states.get(person_id) ?? [])
    return answer === undefined ? [] : [{ number: member_number, answer, merged: alias }]
  })
  return [...Map.groupBy(known, ({ answer, merged }) => `${answer} ${merged}`).values()].flatMap((some) => some.slice(0, 5))
}

export async function askPages(db: TestDatabase, law: Law): Promise<Pages> {
  const server = await makeServer({ platform: db.platform, handlers: houseFor(law).handlers })
  return {
    get: async <Body>(path: string): Promise<Body> => {
      const reply = await server.inject({ method: 'GET', url: `/v1/public/${path}` })
      if (reply.statusCode !== 200) throw new Error(`${path} answered ${reply.statusCode}: ${reply.body}`)
      return reply.json<Body>()
    },
    covered: (on) => coveredOn(db, on),
    months: () => monthsOf(db),
    sample: (on) => sampleOf(db, on),
    close: () => server.close().then(() => {}),
  }
}
