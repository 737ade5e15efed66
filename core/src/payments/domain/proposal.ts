// Whose money a queued payment may be: a person decides, these are proposals with their reasons. A code one digit or one exchange of
// neighbours away, an open payable of the same amount, the payer to whom the same code was allocated before, and the one whom the same
// sender paid for before.
import type { Day } from '@payung/values'

export type ProposalReason = 'same code before' | 'same sender before' | 'near code' | 'same amount'
export type Clue = {
  readonly payerId: bigint
  readonly reason: ProposalReason /** The open bill of the same amount. */
  readonly billId: bigint | null
}
export type Proposal = { readonly payerId: bigint; readonly reasons: readonly ProposalReason[]; readonly billId: bigint | null }

/** Strongest first. */
const reasons: readonly ProposalReason[] = ['same code before', 'same sender before', 'near code', 'same amount']

/** The codes that one wrong digit, or two neighbours exchanged, may have been. */
export function nearCodes(code: string): string[] {
  if (!/^\d+$/.test(code)) return []
  const near = new Set<string>()
  for (let place = 0; place < code.length; place++) {
    for (let digit = 0; digit <= 9; digit++) near.add(`${code.slice(0, place)}${digit}${code.slice(place + 1)}`)
    const [here, there] = [code[place], code[place + 1]]
    if (there !== undefined) near.add(`${code.slice(0, place)}${there}${here}${code.slice(place + 2)}`)
  }
  near.delete(code)
  return [...near]
}

/** One proposal for each payer: more reasons first, then the stronger ones, then the smaller number. */
export function propose(clues: readonly Clue[]): Proposal[] {
  const rank = (all: readonly ProposalReason[]): number =>
    all.reduce((sum, reason) => sum + 2 ** (reasons.length - reasons.indexOf(reason)), 0)
  return [...Map.groupBy(clues, ({ payerId }) => payerId)]
    .map(([payerId, all]) => ({
      payerId,
      reasons: reasons.filter((reason) => all.some((clue) => clue.reason === reason)),
      billId: all.find(({ billId }) => billId !== null)?.billId ?? null,
    }))
    .sort((a, b) => b.reasons.length - a.reasons.length || rank(b.reasons) - rank(a.reasons) || (a.payerId < b.payerId ? -1 : 1))
}

export const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
