// Who may pay for a segment: every kind that may has a rule of cover on every day of the law, and no other computes a contribution.
import { type Day, isRefusal, type Month } from '@payung/values'
import { expect, test } from 'vitest'
import { assess, lawOf, loadPack, monthLaw, payerKindsOf, refusePayerKind } from '../src/index.ts'

const law = lawOf(await loadPack('indonesia'))
const days = [...new Set([law.pack.start, ...law.pack.entries.map(({ from }) => from)])].filter((day) => day >= law.pack.start).sort()

test('every kind that may pay has a rule of cover for each programme, from the first day of the law on', () => {
  for (const day of days) {
    const view = law.on(day as Day)
    const rules = law.pack.rules.coverRules(view)
    for (const segment of law.pack.segments)
      for (const code of payerKindsOf(view, segment.code)) {
        if (segment.assessed === 'contract' && !view.entry('cover-of-contracts')) continue
        const ways = law.pack.payerKinds.filter((kind) => kind.code === code).map(({ settlement }) => settlement)
        const settlement = segment.assessed === 'contract' ? 'contract' : ways[0]
        const told = rules.filter((rule) => rule.segment === segment.code && rule.settlement === settlement)
        expect(told.length, `${day} ${segment.code} ${code}`).toBeGreaterThan(0)
      }
  }
})

test('the kinds named are kinds of the pack, the own kind of each segment among them', () => {
  for (const { code, payer } of law.pack.segments) {
    const kinds = payerKindsOf(law.on(days.at(-1) as Day), code)
    expect(kinds).toContain(payer)
    for (const kind of kinds) expect(law.pack.payerKinds.map((each) => each.code)).toContain(kind)
  }
})

test.each`
  segment    | payer         | code
  ${'PU'}    | ${'employer'} | ${null}
  ${'PU'}    | ${'self'}     | ${'payer-not-of-segment'}
  ${'PU'}    | ${'APBD'}     | ${'payer-not-of-segment'}
  ${'BPU'}   | ${'self'}     | ${null}
  ${'BPU'}   | ${'village'}  | ${null}
  ${'BPU'}   | ${'platform'} | ${null}
  ${'BPU'}   | ${'employer'} | ${'payer-not-of-segment'}
  ${'JAKON'} | ${'sponsor'}  | ${'payer-not-of-segment'}
  ${'PMI'}   | ${'self'}     | ${null}
  ${'PMI'}   | ${'sponsor'}  | ${'payer-not-of-segment'}
`('$segment paid by $payer: $code', ({ segment, payer, code }) => {
  expect(refusePayerKind(law.on('2026-04-01' as Day), segment, payer)?.code ?? null).toBe(code)
  const month = monthLaw(law, '2026-04' as Month)
  if (!month.ok) throw new Error(month.refusal.rule)
  const facts = { segment, payer, wage: '5000000', income: '1000000', months: '12' }
  const given = Object.fromEntries(
    Object.entries(facts).filter(([fact]) => law.pack.facts.find(({ code }) => code === fact)?.segments?.includes(segment) ?? true),
  )
  const done = assess(month.value, law, given)
  expect(done.ok ? null : done.refusal.code).toBe(code)
  expect(isRefusal(done)).toBe(false)
})
