// An employer with two workers, somebody with another number, and a driver who pays for himself, behind the server; and the letters to them.
import type { LetterText } from '@payung/api'
import type { Day } from '@payung/values'
import { actorLike } from '../../../tests/database.ts'
import type { LetterKey } from '../../src/notices/index.ts'
import { openLetter, wordLetter } from '../../src/notices/use-cases/read-letter.ts'
import { type AskedRequest, askRequest, billingBy, type Decided, decideRequest } from '../../src/payments/index.ts'
import { inTransaction, type Tx } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import { type Served, serve } from '../http/served.ts'

type Person = { readonly memberNumber: string; readonly personId: bigint }
export type Row = {
  readonly letter_id: bigint
  /** To whom, and the kind. */
  readonly key: string
  readonly kind: string
  readonly amount: bigint | null
  readonly facts: Record<string, string>
  readonly tell_by: Day | null
  readonly tell_by_law: Day | null
}
export type Land = Served & {
  readonly firm: { readonly organisationId: bigint; readonly payerId: bigint }
  readonly workers: readonly Person[]
  readonly driver: Person & { readonly payerId: bigint }
  worker(index: number): Person
  /** Oldest first; `where` is SQL. */
  letters(where?: string): Promise<Row[]>
  /** The one letter of a key; throws where there is none or more. */
  only(key: string): Promise<Row>
  /** A bill that is owed and one that gives back, as if they were instalments of what was deferred of August 2020. */
  deferredBills(): Promise<bigint[]>
  /** One transaction of set work by a person. */
  act<Value>(work: (tx: Tx) => Promise<Value>, actorId?: bigint): Promise<Value>
  /** One asks, another decides. */
  decided(asked: AskedRequest, decision?: 'approved' | 'refused'): Promise<Decided>
  transfer(payer: bigint, amount: bigint, day: string, externalId: string): ReturnType<Served['pay']>
  /** The keys of letters that each event wrote while `noting` ran. */
  readonly wrote: Map<string, Set<string>>
  noting<Value>(event: string, body: () => Promise<Value>): Promise<Value>
  /** All letters in the words of a language. */
  spoken(lang: string): Promise<[string, LetterText][]>
}

/** Letters and their events that are told in `rarer-letters.test.ts`. */
export const rareKeys: readonly LetterKey[] = [
  'payer contract-supplement',
  'payer contract-refund',
  'payer contract-changed',
  'payer certificate-ready',
  'payer certificate-revoked',
  'payer fine-waived',
  'payer fine-waiver-refused',
  'payer written-off',
  'payer employer-closed',
  'payer employer-reopened',
]
export const rareEvents = [
  'certificates-revoked',
  'contract-amended',
  'contracts-certified',
  'employer-closed',
  'employer-reopened',
  'fine-waived',
  'payment-parted',
  'receivable-written-off',
]

/** Letters that say nothing of what happened or comes next, or with an open gap. */
export const gapsIn = (texts: readonly [string, LetterText][]): string[] =>
  texts.flatMap(([key, { title, what, next }]) => {
    const wrong = [title, ...what, ...next].some((sentence) => sentence === '' || /[{}]|undefined|NaN/.test(sentence))
    return wrong || what.length === 0 || next.length === 0 ? [key] : []
  })

type Answer<Value> = { ok: true; value: Value } | { ok: false; refusal: { code: string } }
export const value = <Value>(result: Answer<Value>): Value => {
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}

/** Every letter in the words of a language, by its key. */
async function wordAll({ run, law }: Served, all: readonly Row[], lang: string): Promise<[string, LetterText][]> {
  return run(async (tx) => {
    const said: [string, LetterText][] = []
    for (const { letter_id, key } of all)
      said.push([key, await wordLetter(tx, law, value(await openLetter(tx, letter_id, 'letter', 'test')), lang)])
    return said
  })
}

const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const
const decidingBy =
  ({ law }: Served, act: Land['act']): Land['decided'] =>
  async (asked, decision = 'approved') => {
    const recording = { pack: law.pack, billing: billingBy(law) }
    const { requestId } = value(await act((tx) => askRequest(tx, law, recording, asked)))
    return value(await act((tx) => decideRequest(tx, law, recording, { requestId, decision, why: 'checked', decider })))
  }

/** Notes under its event what is written while a body runs. */
const notingInto =
  (wrote: Land['wrote'], letters: Land['letters']): Land['noting'] =>
  async (event, body) => {
    const known = (await letters()).at(-1)?.letter_id ?? 0n
    const result = await body()
    const fresh = (await letters(`letter_id > ${known}`)).map(({ key }) => key)
    wrote.set(event, new Set([...(wrote.get(event) ?? []), ...fresh]))
    return result
  }

export async function foundLand(day: string): Promise<Land> {
  const served = await serve(day)
  const facts = { employer_size: 'large', risk_class: 'III', active_workers: '80', industry: 'textile', arrears_cleared: 'yes' }
  const firm = await served.organisation({ kind: 'employer', facts })
  const workers = await served.persons(3)
  const worker = (index: number): Person => workers[index] ?? { memberNumber: '', personId: 0n }
  const [self] = await served.persons(1)
  if (!self) throw new Error('no driver')
  const employed = { segment: 'PU', organisationId: firm.organisationId, base: '10000000', from: day }
  await served.memberships([
    { ...employed, memberNumber: worker(0).memberNumber },
    { ...employed, memberNumber: worker(1).memberNumber },
    { memberNumber: self.memberNumber, segment: 'BPU', base: '1000000', facts: { occupation: 'platform-driver' }, from: day },
  ])
  const { rows } = await served.admin.query<{ payer_id: bigint }>('select payer_id from registry.payer where person_id = $1', [
    self.personId,
  ])
  const letters: Land['letters'] = async (where = 'true') =>
    (
      await served.admin.query<Row>(
        `select *, case when person_id is null then 'payer ' else 'person ' end || kind as key from notices.letter where ${where} order by letter_id`,
      )
    ).rows
  const wrote: Land['wrote'] = new Map()
  const act: Land['act'] = (work, actorId = 1n) =>
    inTransaction(
      served.platform,
      { role: 'run', actor: actorLike({ actorId, role: 'administrator', officeId: 1n }) },
      { name: 'test', input: null },
      work as never,
    ) as never
  return {
    ...served,
    wrote,
    noting: notingInto(wrote, letters),
    spoken: async (lang) => wordAll(served, await letters(), lang),
    firm,
    workers,
    driver: { ...self, payerId: rows[0]?.payer_id ?? 0n },
    worker,
    letters,
    deferredBills: async () => {
      const { rows } = await served.admin.query<{ bill_id: bigint }>(
        `insert into contributions.deferral_instalment (payer_id, bill_id, programme, month, amount, stage)
         select payer_id, bill_id, 'A', 24247, 1, '2021-05-15' from ((select payer_id, bill_id from contributions.bill where total > 0 and due is not null limit 1)
           union all (select payer_id, bill_id from contributions.bill where total < 0 limit 1)) b returning bill_id`,
      )
      return rows.map(({ bill_id }) => bill_id)
    },
    only: async (key) => {
      const found = (await letters()).filter((letter) => letter.key === key)
      if (found.length !== 1 || !found[0]) throw new Error(`${found.length} letters ${key}`)
      return found[0]
    },
    act,
    decided: decidingBy(served, act),
    transfer: (payer, amount, on, externalId) =>
      served.pay([{ channel: 'bank', day: on, externalId, code: paymentCode(payer), amount: amount.toString() }]),
  }
}
