// The parts of a premium contract: how its premium is cut into steps or instalments, exactly, and which days of instalments a contract allows
// (the agency's site: 50, 25 and 25 %, all before the works end).
import type { ContractTerms, ContractAmounts as Owed } from '@payung/law'
import { type Day, isDay, ok, type Result, refuse } from '@payung/values'
import { billNumbers, firstRunning } from './bill-number.ts'
import type { ContractAmounts } from './contract-transfers.ts'

export type Part = {
  readonly kind: 'whole' | 'step' | 'instalment' | 'addendum'
  readonly due: Day | null
  /** The days that paying it covers; null: none by itself. */
  readonly from: Day | null
  readonly until: Day | null
  readonly amounts: ContractAmounts
  readonly employer: bigint
  readonly worker: bigint
}

export function partOf(kind: Part['kind'], amounts: Owed, span: { readonly from: Day; readonly until: Day } | null, due: Day | null): Part {
  const shares = Object.values(amounts)
  return {
    kind,
    due,
    from: span?.from ?? null,
    until: span?.until ?? null,
    amounts: Object.fromEntries(
      Object.entries(amounts).map(([code, { employer, worker }]) => [code, { employer: employer.toString(), worker: worker.toString() }]),
    ),
    employer: shares.reduce((sum, { employer }) => sum + employer, 0n),
    worker: shares.reduce((sum, { worker }) => sum + worker, 0n),
  }
}

const million = 1_000_000n

/** Cuts each amount by shares in millionths: the parts up to the n-th are the shares up to it, rounded down, so that all together are the whole. */
export function cutAmounts(amounts: Owed, shares: readonly bigint[]): Owed[] {
  const upTo = (amount: bigint, count: number): bigint =>
    count === shares.length ? amount : (amount * shares.slice(0, count).reduce((sum, share) => sum + share, 0n)) / million
  const cut = (amount: bigint, nth: number): bigint => upTo(amount, nth + 1) - upTo(amount, nth)
  return shares.map((_, nth) =>
    Object.fromEntries(
      Object.entries(amounts).map(([code, { employer, worker }]) => [code, { employer: cut(employer, nth), worker: cut(worker, nth) }]),
    ),
  )
}

/** What forbids these days for the later instalments, in a fixed order; undefined when they may stand. */
function refuseDays(
  terms: ContractTerms,
  days: readonly string[],
  span: { readonly from: Day; readonly until: Day },
): Result<never> | undefined {
  const no = (code: string, rule: string, data: Readonly<Record<string, string>>, next: string) => refuse({ code, rule, data, next })
  const wanted = terms.instalments.length - 1
  if (wanted < 1 || terms.steps.length !== 1)
    return no(
      'no-instalments',
      'No source lets this premium be paid in instalments.',
      { given: days.join(', ') },
      'Leave the days out: it is paid whole.',
    )
  if (days.length !== wanted)
    return no(
      'instalment-count',
      `The premium is paid in ${wanted + 1} instalments: the first opens cover, and each later one has its day.`,
      { given: String(days.length), wanted: String(wanted) },
      `Give ${wanted} days, or none.`,
    )
  const wrong = days.find((day) => !isDay(day))
  if (wrong !== undefined) return no('wrong-day', 'A day is written YYYY-MM-DD.', { given: wrong }, 'Correct the date.')
  const falling = days.find((day, place) => day <= (days[place - 1] ?? span.from))
  if (falling !== undefined)
    return no(
      'instalment-order',
      'Instalments follow each other after the works begin.',
      { given: falling },
      'Put the days in their order.',
    )
  const late = days.find((day) => day >= span.until)
  if (late !== undefined)
    return no(
      'instalment-too-late',
      'All instalments are settled before the end of the works.',
      { given: late, until: span.until },
      'Choose earlier days.',
    )
  return undefined
}

/** The parts of a new contract: its steps, or its instalments where their days are given. Only the first instalment covers by itself. */
export function partsOf(
  terms: ContractTerms,
  days: readonly string[] | undefined,
  span: { readonly from: Day; readonly until: Day },
): Result<Part[]> {
  const refused = days && days.length > 0 ? refuseDays(terms, days, span) : undefined
  if (refused) return refused
  const [only] = terms.steps
  if (days && days.length > 0 && only)
    return ok(
      cutAmounts(only.amounts, terms.instalments).map((amounts, nth) =>
        partOf('instalment', amounts, nth === 0 ? span : null, nth === 0 ? null : (days[nth - 1] as Day)),
      ),
    )
  return ok(
    terms.steps.map(({ amounts, from, until }) => partOf(terms.steps.length === 1 ? 'whole' : 'step', amounts, { from, until }, null)),
  )
}

/** The running number of a payer's contracts and the payer, as people read it: one for each project. */
export const certificateNumber = (contractId: bigint): string => `${contractId >> 20n}-${contractId & 1048575n}`

/** The contract that a typed certificate number names, or undefined where it cannot be one; spaces or another hyphen between its two parts are forgiven. */
export function contractOfCertificate(typed: string): bigint | undefined {
  const plain = typed.trim().replaceAll(/[\s\u2010-\u2015\u2212-]+/g, '-')
  const [, payer, number] = /^(\d{1,13})-(\d{6,7})$/.exec(plain) ?? []
  if (payer === undefined || number === undefined || Number(number) < firstRunning || Number(number) >= billNumbers) return undefined
  const contract = (BigInt(payer) << 20n) | BigInt(number)
  return contract < 2n ** 63n ? contract : undefined
}
