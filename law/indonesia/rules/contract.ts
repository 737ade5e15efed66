// What the premiums of construction projects and migrants share: one assessment for the whole contract, with no due day.
import { ok, type Result, refuse } from '@payung/values'
import { totalsOf } from '../../src/assess.ts'
import type { Assessment, LawView, ProgrammeAmount, TraceStep } from '../../src/types.ts'

export const amountOf = (base: bigint, share: 'employer' | 'worker', amount: bigint): ProgrammeAmount => ({
  base,
  employer: share === 'employer' ? amount : 0n,
  worker: share === 'worker' ? amount : 0n,
  state: 0n,
  taken: {},
  deferred: 0n,
})

export function contractAssessment(programmes: Readonly<Record<string, ProgrammeAmount>>, trace: readonly TraceStep[]): Result<Assessment> {
  const noDay: TraceStep = { text: 'A premium for a contract has no due day: it is paid before cover begins.' }
  return ok({
    programmes,
    totals: totalsOf(programmes),
    due: null,
    trace: [...trace, noDay],
    entries: [...new Set(trace.flatMap(({ entry }) => (entry ? [entry] : [])))],
  })
}

export const noSource = (view: LawView, parameter: string, month: string): Result<Assessment> =>
  refuse({
    code: 'no-source',
    rule: `No source gives "${parameter}" for ${month}.`,
    data: { parameter, month, pack: view.pack.code },
    next: 'Add a dated entry with its source to the pack.',
  })

/** The programmes chosen among those a contract can have; a refusal names the first that it cannot. */
export function chosen(given: string | undefined, open: readonly string[]): Result<readonly string[]> {
  const codes = given === undefined ? [...open] : given.split(',')
  const closed = codes.find((code) => !open.includes(code))
  return closed === undefined
    ? ok(codes)
    : refuse({
        code: 'programme-not-in-segment',
        rule: `${closed} cannot be had under this contract.`,
        data: { flag: '--programmes', programme: closed },
        next: `Choose among ${open.join(', ')}.`,
      })
}
