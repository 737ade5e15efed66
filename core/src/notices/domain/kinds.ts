// The kinds of letters, to whom each goes, and which of them the law wants told within some days (PP 44/2015 art 23: surplus and shortage).

/** Those about premium contracts, to their payer. */
const contractLetterKeys = [
  'payer contract-supplement',
  'payer contract-refund',
  'payer contract-changed',
  'payer certificate-ready',
  'payer certificate-revoked',
] as const
export type ContractLetterKey = (typeof contractLetterKeys)[number]

/** Whom a letter addresses and what it says, as one key: words and facts hang on it. */
export const letterKeys = [
  'person month-corrected',
  'person months-missed',
  'person month-not-paid',
  'person number-merged',
  'person number-unmerged',
  'person reinstatement-opened',
  'person reinstatement-approved',
  'person reinstatement-refused',
  'person reinstatement-withdrawn',
  'payer credit',
  'payer supplementary-bill',
  'payer nothing-owed',
  'payer months-missed',
  'payer deferred-instalment',
  'payer deferred-returned',
  'payer surplus',
  'payer shortage',
  'payer late-warning',
  'payer reinstatement-opened',
  'payer reinstatement-approved',
  'payer reinstatement-refused',
  'payer reinstatement-withdrawn',
  'payer refund-asked',
  'payer refund-refused',
  'payer refund-ordered',
  'payer refund-paid',
  ...contractLetterKeys,
  'payer fine-waived',
  'payer fine-waiver-refused',
  'payer written-off',
  'payer employer-closed',
  'payer employer-reopened',
] as const
export type LetterKey = (typeof letterKeys)[number]
export type Whom = 'person' | 'payer'
type KindOf<Key> = Key extends `${Whom} ${infer Kind}` ? Kind : never
export type LetterKind = KindOf<LetterKey>

/** Those that tell a payer of money that is too much, and that it pays what comes next unless he refuses that (PP 44/2015 art 23). */
export const offersOfOffset: readonly string[] = [
  'surplus',
  'credit',
  'deferred-returned',
  'contract-refund',
] satisfies readonly LetterKind[]

/** Why a month costs something else now. */
export const whys = ['correction', 'late-law', 'price-fall'] as const
export type Why = (typeof whys)[number]
