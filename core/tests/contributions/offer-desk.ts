// What tests of months that offers paid need: a regency with its fishers, its bank, and corrections that one proposes and another approves.
import type { Day, Month, Result } from '@payung/values'
import { actorLike } from '../../../tests/database.ts'
import type { TestScheme } from '../../../tests/scheme.ts'
import {
  approveCorrection,
  type ProposedCorrection,
  priceMonths,
  proposeCorrection,
  showCover,
  showDifference,
} from '../../src/contributions/index.ts'
import { askRequest, billingBy, decideRequest, takePayments } from '../../src/payments/index.ts'
import { inTransaction, systemActor, type Tx } from '../../src/platform/index.ts'
import { endMemberships, paymentCode } from '../../src/registry/index.ts'

export type Member = { readonly memberNumber: string; readonly personId: bigint }

const officer = actorLike({ actorId: 11n, officeId: 1n })
const head = actorLike({ actorId: 14n, officeId: 1n })

const value = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.rule}`)
  return result.value
}
const as = async <Value>(scheme: TestScheme, actor: typeof officer, work: (tx: Tx) => Promise<Result<Value>>): Promise<Value> =>
  value(await inTransaction(scheme.platform, { role: 'run', actor }, { name: 'test', input: null }, work))

/** `scheme`: asked for at each step, because a test opens it before all others. */
function members(scheme: () => TestScheme) {
  const join = async (payerId: bigint, more: { readonly programmes?: readonly string[] } = {}): Promise<Member> => {
    const [member] = await scheme().persons(1)
    if (!member) throw new Error('nobody')
    const { memberNumber } = member
    const facts = { occupation: 'fisher' }
    await scheme().memberships([{ memberNumber, segment: 'BPU', base: '1000000', facts, from: '2026-05-01', payerId, ...more }])
    return member
  }
  return {
    join,
    /** Fishers for whom an organisation pays; the day is the first of May. */
    async fishers(kind: string, count: number): Promise<{ payerId: bigint; members: Member[] }> {
      scheme().at('2026-05-01')
      const { payerId } = await scheme().organisation({ kind })
      const joined: Member[] = []
      for (let left = count; left > 0; left--) joined.push(await join(payerId))
      return { payerId, members: joined }
    },
    async end({ memberNumber }: Member, lastDay: string): Promise<void> {
      scheme().at(lastDay)
      await scheme().run((tx) => endMemberships(tx, scheme().law.pack, [{ memberNumber, ordinal: 1, lastDay, reason: 'left' }]))
    },
    rowsOf: async ({ personId }: Member): Promise<string> =>
      (
        await scheme().admin.query<{ month: number; entry: number }>(
          'select month % 12 + 1 as month, entry from contributions.contribution where person_id = $1 order by contribution.month, entry',
          [personId],
        )
      ).rows
        .map(({ month, entry }) => `${month}/${entry}`)
        .join(' '),
    /** The state of cover on a day, with what is paid until when and since when there is cover. */
    async coverOf({ personId }: Member, day: string): Promise<string> {
      const [membership] = await scheme().run((tx) => showCover(tx, scheme().law, [personId], day as Day))
      const [first] = membership?.programmes ?? []
      return first ? [first.state, first.since, first.paidUntil].join(' ') : 'no membership'
    },
  }
}

function money(scheme: () => TestScheme) {
  let told = 0
  const recording = () => ({ pack: scheme().law.pack, billing: billingBy(scheme().law) })
  return {
    /** Which payment was the last, to be recalled later. */
    lastPaid: (): number => told,
    /** As a bank tells it: online, for the head office. Gives what was paid. */
    async pays(payerId: bigint, amount: number, day: string): Promise<string[]> {
      scheme().at(day)
      const [outcome] = await takePayments(
        scheme().platform,
        { role: 'online', actor: { ...systemActor, kind: 'partner', role: 'partner', officeId: 1n } },
        recording(),
        [{ channel: 'bank', day, externalId: `o-${++told}`, code: paymentCode(payerId), amount: String(amount) }],
        (error) => {
          throw error
        },
      )
      return outcome?.settled.map((bill) => `${bill.month} ${bill.amount}`) ?? []
    },
    /** Of the payments, the last of them unless another is named by its place. */
    async recall(payerId: bigint, place = told): Promise<void> {
      const { rows } = await scheme().admin.query(
        'select payment_id as id from payments.payment where payer_id = $1 and external_id = $2',
        [payerId, `o-${place}`],
      )
      const asked = { kind: 'reversal', paymentId: BigInt(rows[0].id), ground: 'recall', evidence: 'letter of the bank' } as const
      const { requestId } = await as(scheme(), officer, (tx) => askRequest(tx, scheme().law, recording(), asked))
      const decided = { requestId, decision: 'approved', why: 'checked', decider: head } as const
      await as(scheme(), head, (tx) => decideRequest(tx, scheme().law, recording(), decided))
    },
    async priceOf(payerId: bigint) {
      const priced = await scheme().run((tx) => priceMonths(tx, scheme().law, payerId))
      return priced.ok ? priced.value.months[0] : priced.refusal.code
    },
  }
}

function corrections(scheme: () => TestScheme) {
  const propose = (payerId: bigint, month: string, kind: ProposedCorrection['kind'], rows: ProposedCorrection['rows']) => {
    const evidence = { digest: 'a'.repeat(64), description: 'Letter 3/VI of the regency' }
    const given = { payerId, month: month as Month, kind, rows, reason: 'Two of the same name', evidence }
    return as(scheme(), officer, (tx) => proposeCorrection(tx, scheme().law, given))
  }
  /** Looks at the difference, and approves what was seen. */
  const approve = async (id: bigint) => {
    const { difference } = await as(scheme(), head, (tx) => showDifference(tx, scheme().law, id, 'test'))
    const seen = BigInt(difference?.bill.total.amount ?? 0n)
    const { done } = await as(scheme(), head, (tx) => approveCorrection(tx, scheme().law, { id, seen, why: 'seen' }))
    return { seen, done, cover: difference?.cover }
  }
  return { propose, approve, correct: async (...asked: Parameters<typeof propose>) => approve(await propose(...asked)) }
}

export const offerDesk = (scheme: () => TestScheme) => ({ ...members(scheme), ...money(scheme), ...corrections(scheme) })
