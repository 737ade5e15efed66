// What is decided about money after the ordinary month is done whole or not at all: a correction with too much, one whose shortage waiting
// credit pays, one that lets a membership go on, a refund and its payout. Each is cut at its statements, and a process that approves is killed.
import type { Month } from '@payung/values'
import { afterAll, beforeAll, test } from 'vitest'
import { approveCorrection, openMonth, type ProposedCorrection, proposeCorrection, runMonth } from '../../core/src/contributions/index.ts'
import { askRequest, billingBy, decideRequest, markOrderPaid } from '../../core/src/payments/index.ts'
import { inTransaction, systemActor, type Tx } from '../../core/src/platform/index.ts'
import { endMemberships, paymentCode } from '../../core/src/registry/index.ts'
import { actorLike } from '../database.ts'
import { freshScheme, type TestScheme } from '../scheme.ts'
import { isFull, size } from '../size.ts'
import { tellOffset } from '../told.ts'
import { type Deed, endPath, head, killThrough, layPath, type Path, value, walkThrough } from './walk.ts'

const now = '2026-10-10T05:00:00Z'
const officer = actorLike({ actorId: 80n, officeId: 2n })
/** Group III for accidents, death, savings and pension: 9.89 % of a wage below the ceilings. */
const share = (wage: bigint): bigint => (wage * 98_900n) / 1_000_000n

let planted: TestScheme
let path: Path

const recordingOf = ({ law }: TestScheme) => ({ pack: law.pack, billing: billingBy(law) })

/** August and September are billed and paid; the second worker was taken out in August by mistake; both firms have money that waits. */
async function plantMonths(): Promise<{ payers: bigint[]; numbers: string[] }> {
  const scheme = planted
  const facts = { employer_size: 'large', risk_class: 'III', active_workers: '80' }
  const firms = [await scheme.organisation({ kind: 'employer', facts }), await scheme.organisation({ kind: 'employer', facts })]
  const numbers = (await scheme.persons(4)).map(({ memberNumber }) => memberNumber)
  await scheme.memberships(
    numbers.map((memberNumber, place) => ({
      memberNumber,
      segment: 'PU',
      organisationId: firms[place === 3 ? 1 : 0]?.organisationId ?? 0n,
      base: '5000000',
      from: '2026-08-01',
    })),
  )
  const ending = { memberNumber: numbers[1] ?? '', ordinal: 1, lastDay: '2026-08-20', reason: 'left' }
  await scheme.run((tx) => endMemberships(tx, scheme.law.pack, [ending]))
  for (const month of ['2026-08', '2026-09'] as Month[]) {
    scheme.at(`${month}-01`)
    await scheme.run((tx) => openMonth(tx, scheme.law, month))
    scheme.at(`${month}-28`)
    value(await runMonth(scheme.platform, scheme.law, month, { actor: systemActor }))
  }
  scheme.at('2026-10-10')
  await scheme.pay(
    firms.map(({ payerId }) => ({
      channel: 'bank',
      day: '2026-10-10',
      externalId: `${payerId}`,
      code: paymentCode(payerId),
      amount: '9000000',
    })),
  )
  return { payers: firms.map(({ payerId }) => payerId), numbers }
}

/** Two persons: what is asked now, and what is walked through. */
async function plantDeeds(): Promise<Deed[]> {
  const scheme = planted
  const { law } = scheme
  const { payers, numbers } = await plantMonths()
  const [payerId = 0n, other = 0n] = payers
  const asked = async (month: string, kind: ProposedCorrection['kind'], place: number, base: string, seen: bigint, name: string) => {
    const evidence = { digest: 'a'.repeat(64), description: 'letter' }
    const rows = [{ memberNumber: numbers[place] ?? '', base }]
    const given: ProposedCorrection = { payerId, month: month as Month, kind, rows, reason: 'typed wrongly', evidence }
    const id = value(
      await inTransaction(scheme.platform, { role: 'run', actor: officer }, { name: 'propose', input: null }, (tx) =>
        proposeCorrection(tx, law, given),
      ),
    )
    const act = (tx: Tx) => approveCorrection(tx, law, { id, seen, why: 'checked' })
    return {
      name,
      act,
      again: { ok: false, refusal: { code: 'correction-state' } },
      errand: { correct: { id: id.toString(), seen: seen.toString() } },
    }
  }
  const detail = { bank: 'BRI', account: '1', holder: 'Ayu', offset_refused_on: '2026-10-10' }
  await tellOffset(scheme, other, '2026-10-10')
  const refundOf = async (amount: bigint): Promise<bigint> =>
    value(
      await scheme.run((tx) =>
        askRequest(tx, law, recordingOf(scheme), {
          kind: 'refund',
          payerId: other,
          amount,
          ground: 'offset-refused',
          evidence: 'letter',
          detail,
        }),
      ),
    ).requestId
  const approve = (requestId: bigint) => (tx: Tx) =>
    decideRequest(tx, law, recordingOf(scheme), { requestId, decision: 'approved', why: 'checked', decider: head })
  const ordered = value(await scheme.run(approve(await refundOf(700n))))
  const order = { orderId: BigInt(ordered.done.orderId ?? 0n), day: '2026-10-10', reference: 'BRI-1' }
  const refund = await refundOf(5_000n)
  return [
    await asked('2026-08', 'wage', 0, '4000000', -share(1_000_000n), 'too much'),
    await asked('2026-08', 'wage', 2, '6000000', share(1_000_000n), 'a shortage'),
    await asked('2026-09', 'deactivation', 1, '5000000', share(5_000_000n), 'a wrong deactivation'),
    { name: 'a refund', act: approve(refund), again: { ok: false, refusal: { code: 'request-decided' } } },
    { name: 'a payout', act: (tx) => markOrderPaid(tx, law, order), again: { ok: true, value: { state: 'paid' } } },
  ]
}

beforeAll(async () => {
  planted = await freshScheme('indonesia', '2026-08-01')
  path = await layPath({ planted, now }, await plantDeeds())
})
afterAll(() => endPath(path))

test.each(['too much', 'a shortage', 'a wrong deactivation', 'a refund', 'a payout'])(
  '%s, each statement in turn not sent or cut: nothing is half done, and done again it is done once',
  (name) => walkThrough(path, name, 4),
)

const kills = 'a process killed at any moment, also while it commits: all or nothing, and approved again it is done once'
test(kills, { timeout: size(240_000, 1_800_000) }, async () => {
  // In the reduced size once, while it commits: of all moments the one that a statement cut off does not show.
  for (const name of ['too much', 'a shortage', 'a wrong deactivation'].slice(isFull ? 0 : 2))
    await killThrough(path, name, isFull ? [0.1, 0.3, 0.5, 0.7, 0.9] : [])
})
