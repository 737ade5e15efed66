// The chart of accounts that follows from a country pack: a handful of accounts of the scheme, and one for each fund.
import type { Pack, Words } from '@payung/law'

export type AccountKind = 'asset' | 'liability' | 'fund' | 'income'
export type ChartAccount = {
  readonly code: string
  readonly kind: AccountKind /** The pack's fund, or empty. */
  readonly fund: string
  readonly perPayer: boolean
  readonly labels: Words
}

const own: readonly ChartAccount[] = [
  { code: 'bank', kind: 'asset', fund: '', perPayer: false, labels: { en: 'Bank account', id: 'Rekening bank' } },
  {
    code: 'receivable',
    kind: 'asset',
    fund: '',
    perPayer: true,
    labels: { en: 'Bills issued and not yet paid', id: 'Tagihan terbit yang belum dibayar' },
  },
  { code: 'credit', kind: 'liability', fund: '', perPayer: true, labels: { en: 'Credit of payers', id: 'Saldo pembayar' } },
  {
    code: 'trust',
    kind: 'liability',
    fund: '',
    perPayer: true,
    labels: { en: 'Money held for sponsors and public budgets', id: 'Titipan sponsor dan anggaran publik' },
  },
  {
    code: 'unallocated',
    kind: 'liability',
    fund: '',
    perPayer: false,
    labels: { en: 'Money whose code names nobody', id: 'Uang masuk dengan kode tak dikenal' },
  },
  {
    code: 'orders',
    kind: 'liability',
    fund: '',
    perPayer: false,
    labels: { en: 'Refunds ordered and not yet paid', id: 'Pengembalian yang diperintahkan dan belum dibayar' },
  },
  { code: 'fines', kind: 'income', fund: '', perPayer: false, labels: { en: 'Fines for late payment', id: 'Denda keterlambatan' } },
]

/** The other sides of what happens on members' savings, besides contributions. */
const ofSavings: readonly ChartAccount[] = [
  {
    code: 'returns',
    kind: 'income',
    fund: '',
    perPayer: false,
    labels: { en: 'Returns passed on to savers', id: 'Hasil pengembangan untuk penabung' },
  },
  {
    code: 'payouts',
    kind: 'liability',
    fund: '',
    perPayer: false,
    labels: { en: 'Savings to be paid out', id: 'Tabungan yang akan dibayarkan' },
  },
  {
    code: 'takeover',
    kind: 'asset',
    fund: '',
    perPayer: false,
    labels: { en: 'Savings from before our books', id: 'Tabungan dari sebelum pembukuan ini' },
  },
  {
    code: 'savings-corrections',
    kind: 'income',
    fund: '',
    perPayer: false,
    labels: { en: 'Corrections of savings', id: 'Koreksi tabungan' },
  },
]

/** The account code of a fund. */
export const fundAccount = (fund: string): string => `fund:${fund}`

/** A savings fund is what the scheme owes its members; the others are pooled funds. */
export const chartOf = (pack: Pack): ChartAccount[] => [
  ...own,
  ...(pack.funds.some(({ savings }) => savings) ? ofSavings : []),
  ...pack.funds.map(({ code, savings, labels }) => ({
    code: fundAccount(code),
    kind: savings ? ('liability' as const) : ('fund' as const),
    fund: code,
    perPayer: false,
    labels,
  })),
]

/** What an account shows as its balance: assets grow by debits, everything else by credits. */
export const balanceOf = (kind: AccountKind, debit: bigint, credit: bigint): bigint => (kind === 'asset' ? debit - credit : credit - debit)
