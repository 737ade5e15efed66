// A billing room that tests can steer: bills that are put there by hand, and offers at a fixed price.
import { addMonths, type Day, type Month, monthNumber } from '@payung/values'
import { type NewTransfer, payerBalances, postTransfers } from '../../src/ledger/index.ts'
import type { Billing, NewPayment, Offer } from '../../src/payments/index.ts'
import { readAccounts, recordPayments, registerPayables } from '../../src/payments/index.ts'
import type { Tx } from '../../src/platform/index.ts'
import { moneyAccount, paymentCode, readPayers } from '../../src/registry/index.ts'
import { freshLand, type Land } from '../registry/land.ts'

export type Desk = Land & {
  readonly billing: Billing
  readonly recording: { readonly pack: Land['pack']; readonly billing: Billing }
  /** The price of a month for a payer by offer; absent: it has no offer. */
  readonly prices: Map<bigint, bigint>
  /** Fails in the middle of settling when it concerns this payer. */
  broken: bigint | null
  pay(
    ...payments: readonly (Partial<NewPayment> & { readonly payer?: bigint; readonly money: number })[]
  ): ReturnType<typeof recordPayments>
  /** Issues bills of these amounts for months one after the other, and registers them as payables. */
  bill(payerId: bigint, amounts: readonly number[], firstMonth?: string): Promise<bigint[]>
  account(payerId: bigint): Promise<{ credit: bigint; outstanding: bigint; missing: bigint; oldest: Month | null }>
  paidBills(payerId: bigint): Promise<{ bill_id: bigint; paid_on: Day }[]>
}

let external = 0

/** Settles bills as told, and has one offer for each payer with a price: the next of twelve months. */
function billingAt(prices: ReadonlyMap<bigint, bigint>, broken: () => bigint | null): Billing {
  const nextMonth = new Map<bigint, Month>()
  return {
    settleBills: async (tx, bills, paidOn) => {
      if (bills.some(({ payerId }) => payerId === broken())) throw new Error('the billing room is broken')
      await tx.run(
        `update contributions.bill b set state = 'paid', paid_on = $3
         from unnest($1::bigint[], $2::bigint[]) as p (payer_id, bill_id) where b.payer_id = p.payer_id and b.bill_id = p.bill_id and b.state = 'issued'`,
        [bills.map(({ payerId }) => payerId), bills.map(({ billId }) => billId), paidOn],
      )
    },
    reopenBills: async (tx, bills) => {
      await tx.run(
        `update contributions.bill b set state = case when n.paid_on is null then 'issued' else 'paid' end, paid_on = n.paid_on
         from unnest($1::bigint[], $2::bigint[], $3::date[]) as n (payer_id, bill_id, paid_on) where b.payer_id = n.payer_id and b.bill_id = n.bill_id`,
        [bills.map(({ payerId }) => payerId), bills.map(({ billId }) => billId), bills.map(({ paidOn }) => paidOn)],
      )
    },
    takeBackMonths: async () => [],
    paidAfter: async () => 0n,
    nextOffers: async (_tx, payerIds) =>
      payerIds.flatMap((payerId): Offer[] => {
        const [month, amount] = [nextMonth.get(payerId) ?? ('2026-11' as Month), prices.get(payerId)]
        return amount === undefined || month > '2027-10' ? [] : [{ payerId, month, amount }]
      }),
    settleOffers: async (tx, offers) => {
      await postTransfers(tx, await transfersOf(tx, offers))
      for (const { payerId, month } of offers) nextMonth.set(payerId, addMonths(month, 1))
      return offers.map(({ payerId, month, amount }) => ({ payerId, billId: (payerId << 20n) | BigInt(monthNumber(month)), month, amount }))
    },
  }
}

async function transfersOf(tx: Tx, offers: readonly Offer[]): Promise<NewTransfer[]> {
  const payers = await readPayers(
    tx,
    offers.map(({ payerId }) => payerId),
  )
  return offers.flatMap(({ payerId, month, amount }) => {
    const payer = payers.get(payerId)
    return payer
      ? [
          {
            payerId,
            debit: moneyAccount(payer),
            credit: 'fund:CARE',
            amount,
            day: tx.today('UTC'),
            month,
            reason: 'contribution',
            sourceId: 1n,
          },
        ]
      : []
  })
}

export async function freshDesk(day = '2026-11-02'): Promise<Desk> {
  const land = await freshLand({ day })
  const prices = new Map<bigint, bigint>()
  const billing = billingAt(prices, () => desk.broken)
  const recording = { pack: land.pack, billing }
  const desk: Desk = {
    ...land,
    billing,
    recording,
    prices,
    broken: null,
    pay: (...payments) =>
      land.run((tx) =>
        recordPayments(
          tx,
          recording,
          payments.map(({ payer, money, ...rest }) => ({
            channel: 'bank',
            day: '2026-11-02',
            externalId: `test-${external++}`,
            code: payer === undefined ? '' : paymentCode(payer),
            amount: String(money),
            ...rest,
          })),
        ),
      ),
    bill: (payerId, amounts, firstMonth = '2026-01') => land.run((tx) => issue(tx, desk, payerId, amounts, firstMonth as Month)),
    account: (payerId) =>
      land.run(async (tx) => {
        const account = (await readAccounts(tx, billing, [...(await readPayers(tx, [payerId])).values()], () => true)).get(payerId)
        if (!account) throw new Error('no account')
        const { credit, outstanding, missing, oldest } = account
        return { credit, outstanding, missing, oldest }
      }),
    paidBills: async (payerId) =>
      (
        await land.admin.query(
          `select bill_id, paid_on from contributions.bill where payer_id = $1 and state = 'paid' order by due, bill_id`,
          [payerId],
        )
      ).rows,
  }
  return desk
}

async function issue(tx: Tx, { recording }: Desk, payerId: bigint, amounts: readonly number[], firstMonth: Month): Promise<bigint[]> {
  const bills = amounts.map((amount, index) => {
    const month = addMonths(firstMonth, index)
    return {
      id: (payerId << 20n) | (BigInt(monthNumber(month) - 24_000) * 32n),
      month,
      amount: BigInt(amount),
      due: `${addMonths(month, 1)}-15`,
    }
  })
  await tx.run(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, made_on, issued_on, due)
     select $1, id, month, 'month', 'issued', amount, $6, $6, due from unnest($2::bigint[], $3::smallint[], $4::bigint[], $5::date[]) as b (id, month, amount, due)`,
    [
      payerId,
      bills.map(({ id }) => id),
      bills.map(({ month }) => monthNumber(month)),
      bills.map(({ amount }) => amount),
      bills.map(({ due }) => due),
      tx.today('UTC'),
    ],
  )
  const owed = bills.filter(({ amount }) => amount > 0n)
  await postTransfers(
    tx,
    owed.map(({ id, month, amount }) => ({
      payerId,
      debit: 'receivable',
      credit: 'fund:CARE',
      amount,
      day: tx.today('UTC'),
      month,
      reason: 'contribution',
      sourceId: id,
    })),
  )
  await registerPayables(tx, recording, { number: null, payers: [payerId] })
  return bills.map(({ id }) => id)
}

export const ledgerOf = (land: Land, payerId: bigint) => land.run(async (tx) => (await payerBalances(tx, [payerId])).get(payerId))
