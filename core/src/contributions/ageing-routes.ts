// The age of receivables, over HTTP and on the command line.
import type { Law } from '@payung/law'
import { isDay, ok, refuse } from '@payung/values'
import { answer, type Command, type Handlers, misuse, readAs, systemActor, table } from '../platform/index.ts'
import { moneyIn } from './translate.ts'
import { showAgeing } from './use-cases/age-receivables.ts'

export const ageingHandlers = (law: Law): Handlers => ({
  receivablesByAge: async ({ query }, context) => {
    const { on } = query
    if (on !== undefined && !isDay(on))
      return refuse({
        code: 'wrong-day',
        rule: 'A day is an existing day written YYYY-MM-DD.',
        data: { on },
        next: 'Write for instance 2026-10-31.',
      })
    const done = await readAs(context.platform, context.online, (tx) => showAgeing(tx, law, on ?? tx.today(law.pack.timeZone)))
    if (!done.ok) return done
    const money = moneyIn(law)
    const classes = done.value.classes.map(({ bills, payers, amount, labels, ...rest }) => ({
      ...rest,
      labels: { ...labels },
      bills: Number(bills),
      payers: Number(payers),
      amount: money(amount),
    }))
    return ok({ on: done.value.on, classes, source: done.value.source })
  },
})

export const ageingCommands = (law: Law): readonly Command[] => [
  {
    name: 'receivables',
    summary: 'what employers and the State owe on a day, by how late it is',
    options: { on: { type: 'string', value: 'day', summary: 'the day; today when left out' } },
    run: async (context) => {
      const on = context.text('on')
      if (on !== undefined && !isDay(on)) return misuse('--on is a day.', { given: on }, 'Write it as YYYY-MM-DD.')
      const done = await readAs(await context.platform(), { role: 'run', actor: systemActor }, (tx) =>
        showAgeing(tx, law, on ?? tx.today(law.pack.timeZone)),
      )
      if (!done.ok) return done
      const { classes, source } = done.value
      return answer(done.value, [
        ...table(
          ['class', 'up to months', 'bills', 'payers', 'amount'],
          classes.map(({ labels, upToMonths, bills, payers, amount }) => [
            labels.en ?? '',
            upToMonths?.toString() ?? '',
            bills,
            payers,
            amount,
          ]),
        ),
        `${source.act}, ${source.article} (${source.status})`,
      ])
    },
  },
]
