// Cover while a contribution is unpaid (PP 44/2015 art 38, 39, 41, 42; PP 37/2021 jo 6/2025 art 39) and in the first months of
// membership (Permenaker 1/2025 art 97A): how many months may be outstanding, what follows then, and which limits are shown.
import { numberAt, textAt, valueAt } from '../../src/entry-value.ts'
import { PackError } from '../../src/pack-error.ts'
import type { CoverRuleRow, Entry, LawView, Status } from '../../src/types.ts'
import { settlementsOf } from '../../src/who-may-pay.ts'

const states = {
  'employer pays first': 'employer pays first',
  'not covered': 'not covered',
  outstanding: 'covered, contribution outstanding',
} as const

/** Limits that a self-payer meets while months are unpaid, by programme. */
const arrearsLimits: Readonly<Record<string, string>> = { JKK: 'cash-after-arrears', JKM: 'grant-after-arrears' }

/** Programmes of a segment that a contract covers: its first part is paid, or there is no cover; what an unpaid later part means is `beyond`. */
function contractRules(view: LawView): CoverRuleRow[] {
  const contracts = view.entry('cover-of-contracts')
  if (!contracts) return []
  return view.pack.segments
    .filter(({ assessed }) => assessed === 'contract')
    .flatMap(({ code, programmes }) =>
      programmes
        .flatMap((each) => view.pack.funds.find((fund) => fund.code === each)?.programmes ?? [each])
        .map((programme) => ({ code, programme })),
    )
    .map(({ code, programme }) => ({
      segment: code,
      settlement: 'contract' as const,
      programme,
      graceMonths: 0,
      beyond: states[textAt(contracts, code, 'unpaid_instalment') as keyof typeof states],
      arrearsLimit: '',
      waitingMonths: 0,
      waitingLimit: '',
      ...sourceAt(contracts, code),
      entries: [contracts.digest],
    }))
}

type Source = Pick<CoverRuleRow, 'act' | 'article' | 'status'>
const statuses: readonly string[] = ['verified', 'one-source', 'unverified'] satisfies Status[]

/** The act, article and status that stand beside a part of a value: one entry speaks of several acts. */
function sourceAt(entry: Entry, ...path: string[]): Source {
  const status = textAt(entry, ...path, 'status')
  if (!statuses.includes(status))
    throw new PackError(`"${status}" is no status`, { file: `${entry.parameter}.yaml`, parameter: entry.parameter })
  return { act: textAt(entry, ...path, 'act'), article: textAt(entry, ...path, 'article'), status: status as Status }
}

export function coverRules(view: LawView): CoverRuleRow[] {
  const grace = view.entry('grace-months')
  const beyond = view.entry('cover-beyond-grace')
  const waiting = view.entry('death-grant-waiting-months')
  if (!grace || !beyond) return []
  const monthly = view.pack.segments
    .filter(({ assessed }) => assessed === 'monthly')
    .flatMap(({ code, programmes }) => settlementsOf(view, code).map((settlement) => ({ code, programmes, settlement })))
    .flatMap(({ code, programmes, settlement }) =>
      programmes.flatMap((programme): CoverRuleRow[] => {
        const state = valueAt(beyond, code, programme, 'then')
        if (typeof state !== 'string' || !(state in states)) return []
        const waits = programme === 'JKM' && waiting !== undefined && valueAt(waiting, code) !== undefined
        return [
          {
            segment: code,
            settlement,
            programme,
            graceMonths: numberAt(grace, code),
            beyond: states[state as keyof typeof states],
            arrearsLimit: settlement === 'offer' ? (arrearsLimits[programme] ?? '') : '',
            waitingMonths: waits ? numberAt(waiting, code) : 0,
            waitingLimit: waits ? 'funeral-only' : '',
            ...sourceAt(beyond, code, programme),
            entries: [grace.digest, beyond.digest, ...(waits ? [waiting.digest] : [])],
          },
        ]
      }),
    )
  return [...monthly, ...contractRules(view)]
}
