// Whose word about arrears contradicts the books, over HTTP and on the command line.
import type { Law } from '@payung/law'
import { type Day, isDay, isMonth, type Month, ok, refuse } from '@payung/values'
import { answer, type Command, type Handlers, misuse, readAs, systemActor, table } from '../platform/index.ts'
import { foreignPayers } from '../registry/index.ts'
import { moneyIn } from './translate.ts'
import { compareReliefFacts, type ReliefFacts } from './use-cases/compare-relief-facts.ts'

function factsJson(law: Law, { contradictions, source, ...rest }: ReliefFacts) {
  const money = moneyIn(law)
  const items = contradictions.map(({ payerId, owed, ...each }) => ({ payerId: payerId.toString(), ...each, owed: money(owed) }))
  return { ...rest, source: { ...source }, items }
}

export const reliefHandlers = (law: Law): Handlers => ({
  reliefContradictions: async ({ params, query }, { platform, online }) => {
    const { on } = query
    if (on !== undefined && !isDay(on))
      return refuse({ code: 'wrong-day', rule: 'A day is written YYYY-MM-DD.', data: { on }, next: 'Write for instance 2026-10-31.' })
    // With full sight: what an office may see of their workers does not matter for it. It is told of the employers that it serves.
    const shown = await readAs(platform, { role: 'run', actor: online.actor }, async (tx) => {
      const found = await compareReliefFacts(tx, law, params.month as Month, (on as Day | undefined) ?? tx.today(law.pack.timeZone))
      if (!found.ok) return found
      const { contradictions } = found.value
      const foreign = await foreignPayers(
        tx,
        contradictions.map(({ payerId }) => payerId),
      )
      return ok({ ...found.value, contradictions: contradictions.filter(({ payerId }) => !foreign.has(payerId)) })
    })
    return shown.ok ? ok(factsJson(law, shown.value)) : shown
  },
})

export const reliefCommands = (law: Law): readonly Command[] => [
  {
    name: 'relief contradictions',
    summary: 'employers whose word about their arrears, which a relief asks for, contradicts their bills',
    words: '<YYYY-MM>',
    options: { on: { type: 'string', value: 'day', summary: 'the day by which it was paid; today when left out' } },
    run: async (context) => {
      const [month, on] = [context.words[0] ?? '', context.text('on')]
      if (!isMonth(month))
        return misuse('A month is written YYYY-MM.', { month }, 'Write the month of a relief: payung relief contradictions 2025-02.')
      if (on !== undefined && !isDay(on)) return misuse('--on is a day.', { given: on }, 'Write it as YYYY-MM-DD.')
      const shown = await readAs(await context.platform(), { role: 'run', actor: systemActor }, (tx) =>
        compareReliefFacts(tx, law, month, on ?? tx.today(law.pack.timeZone)),
      )
      if (!shown.ok) return shown
      const { contradictions, through, source } = shown.value
      return answer(factsJson(law, shown.value), [
        ...(contradictions.length === 0
          ? [`What employers said of their arrears up to ${through} agrees with their bills.`]
          : table(
              ['payer', 'says settled', 'open bills', 'owed', 'since'],
              contradictions.map(({ payerId, said, bills, owed, since }) => [payerId, said, bills, owed, since ?? '–']),
            )),
        `${source.act}, article ${source.article} (${source.status})`,
      ])
    },
  },
]
