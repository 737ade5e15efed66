// Money of a payer that waits without a letter can be offered for the next months by the desk: once for what there is, only to those whose
// rule says so, and never before what is owed (PP 44/2015 art 23).
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openMonth, runMonth } from '../../src/contributions/index.ts'
import { postTransfers } from '../../src/ledger/index.ts'
import { offerSurplus } from '../../src/notices/use-cases/offer-surplus.ts'
import { openLetter, wordLetter } from '../../src/notices/use-cases/read-letter.ts'
import { systemActor } from '../../src/platform/index.ts'
import { findPayer } from '../../src/registry/index.ts'
import { foundLand, gapsIn, type Land, value } from './land.ts'

let land: Land
let officer = ''
beforeAll(async () => {
  land = await foundLand('2026-07-01')
  officer = await land.actor({ kind: 'staff', role: 'officer', officeId: 1n })
})
afterAll(() => land.close())

const offer = (payerId: bigint) =>
  land.act(async (tx) => {
    const payer = await findPayer(tx, payerId)
    return payer.ok ? offerSurplus(tx, land.law, payer.value) : payer
  })
const codeOf = async (payerId: bigint): Promise<string> => {
  const done = await offer(payerId)
  return done.ok ? 'ok' : done.refusal.code
}
const offers = async (): Promise<number> =>
  Number((await land.admin.query<{ n: bigint }>('select count(*) as n from payments.offset_offer')).rows[0]?.n)

it('refuses whom nothing is offered, nothing, and money that is owed', async () => {
  expect([await codeOf(land.driver.payerId), await codeOf(land.firm.payerId)]).toEqual(['no-offset', 'no-surplus'])
  land.at('2026-07-31')
  await land.run((tx) => openMonth(tx, land.law, '2026-07' as Month))
  value(await runMonth(land.platform, land.law, '2026-07' as Month, { actor: systemActor }))
  await land.transfer(land.firm.payerId, 1000n, '2026-07-31', 'little')
  expect(await codeOf(land.firm.payerId)).toBe('debt-first')
})

it('offers what waits, once for what there is; told, it is the offer that a refund needs', async () => {
  const { rows } = await land.admin.query<{ total: bigint }>('select total from contributions.bill where payer_id = $1', [
    land.firm.payerId,
  ])
  await land.transfer(land.firm.payerId, (rows[0]?.total ?? 0n) + 4000n, '2026-07-31', 'rest')
  land.at('2026-08-03')
  // The payment's own letter offers it already.
  expect(value(await offer(land.firm.payerId))).toMatchObject({ kind: 'surplus', amount: 5000n, writtenOn: '2026-07-31' })
  await land.run((tx) =>
    postTransfers(tx, [
      {
        payerId: land.firm.payerId,
        debit: 'unallocated',
        credit: 'credit',
        amount: 700n,
        day: '2026-08-03' as Day,
        month: '2026-08' as Month,
        reason: 'allocation',
        sourceId: 1n,
      },
    ]),
  )
  const letter = value(await offer(land.firm.payerId))
  expect(letter).toMatchObject({ kind: 'surplus', amount: 5700n, writtenOn: '2026-08-03', toldOn: null })
  expect(value(await offer(land.firm.payerId)).letterId).toBe(letter.letterId)
  for (const language of ['id', 'en']) {
    const text = await land.run(async (tx) =>
      wordLetter(tx, land.law, value(await openLetter(tx, letter.letterId, 'letter', 'test')), language),
    )
    expect(gapsIn([[language, text]])).toEqual([])
    expect(text.what).toHaveLength(1)
  }
  expect(await offers()).toBe(0)
  await land.post(officer, `/v1/letters/${letter.letterId}/told`, { how: 'desk' })
  expect(await offers()).toBe(1)
  // Asked again later, what was told holds: no second offer undoes what the payer said to the first.
  land.at('2026-08-10')
  expect(value(await offer(land.firm.payerId)).letterId).toBe(letter.letterId)
})

it('over HTTP, and of a payer who does not exist it says so', async () => {
  const written = await land.post<{ kind: string }>(officer, `/v1/payers/${land.firm.payerId}/offset-offers`, {})
  expect([written.status, written.body.kind]).toEqual([200, 'surplus'])
  expect((await land.post(officer, '/v1/payers/999999/offset-offers', {})).body).toMatchObject({ refusal: { code: 'payer-unknown' } })
})
