// Savings over HTTP. Who may see a member is decided as the caller; the account itself is read with full sight, because whether an
// employer has paid a bill decides what the member has, and is not the member's to read.
import { type Law, percent } from '@payung/law'
import { type Month, ok, type Result, refuse } from '@payung/values'
import { type Handlers, inTransaction, type RequestContext, readAs } from '../platform/index.ts'
import { serveAll } from '../registry/index.ts'
import { dayAsked, monthsOf, yearEnd } from './domain/days.ts'
import { programmeOf } from './domain/programme.ts'
import { entryHandlers } from './entry-routes.ts'
import { printStatement } from './print-statement.ts'
import { closedYears, readRates } from './store/rates.ts'
import { readControls } from './store/totals.ts'
import { closedJson, savingsJson, statementJson } from './translate.ts'
import { mayCloseYear } from './use-cases/close-year.ts'
import { declareRates } from './use-cases/declare-rates.ts'
import { findSaver, type Saver } from './use-cases/find-saver.ts'
import { type Account, readAccount, readStatedYears, type StatedYear } from './use-cases/read-account.ts'

type Asked = { readonly programme?: string; readonly why?: string }

/** The programme and the member, as far as the caller may see him; the look stands in the trail. */
async function admit(
  law: Law,
  { platform, online }: RequestContext,
  number: string,
  { programme: asked, why }: Asked,
  view: string,
): Promise<Result<{ code: string; saver: Saver }>> {
  const programme = programmeOf(law.pack, asked)
  if (!programme.ok) return programme
  const saver = await readAs(platform, online, (tx) => findSaver(tx, number, view, why ?? ''))
  return saver.ok ? ok({ code: programme.value.code, saver: saver.value }) : saver
}

const memberHandlers = (law: Law): Handlers => ({
  savings: async ({ params, query }, context) => {
    const admitted = await admit(law, context, params.number, query, 'savings')
    if (!admitted.ok) return admitted
    const { code, saver } = admitted.value
    return readAs(context.platform, { role: 'run', actor: context.actor }, async (tx) => {
      const day = dayAsked(query.on, tx.today(law.pack.timeZone))
      return day.ok ? ok(savingsJson(law, await readAccount(tx, code, saver.persons, day.value))) : day
    })
  },
  savingsStatements: async ({ params, query }, context) => {
    const admitted = await admit(law, context, params.number, query, 'savings statements')
    if (!admitted.ok) return admitted
    const { code, saver } = admitted.value
    const years = await readAs(context.platform, { role: 'run', actor: context.actor }, (tx) => readStatedYears(tx, code, saver.persons))
    return ok(years.map((year) => statementJson(law, code, year)))
  },
  savingsStatementPdf: async ({ params, query }, context) => {
    const admitted = await admit(law, context, params.number, query, 'savings statement')
    if (!admitted.ok) return admitted
    const { code, saver } = admitted.value
    const found = await readAs(context.platform, { role: 'run', actor: context.actor }, (tx) =>
      statementOf(tx, code, saver, Number(params.year)),
    )
    if (!found.ok) return found
    return ok(await printStatement(law, { ...saver, ...found.value }, query.lang ?? law.pack.languages[0] ?? 'en'))
  },
})

/** The statement of one year with what it came from. */
export async function statementOf(
  tx: Parameters<typeof readAccount>[0],
  code: string,
  { persons }: Saver,
  year: number,
): Promise<Result<{ stated: StatedYear; account: Account }>> {
  const stated = (await readStatedYears(tx, code, persons)).find((each) => each.year === year)
  if (!stated)
    return refuse({
      code: 'statement-unknown',
      rule: 'A statement is written for each closed year in which there was something on the account.',
      data: { year: String(year) },
      next: 'Ask for the list of statements.',
    })
  return ok({ stated, account: await readAccount(tx, code, persons, yearEnd(year)) })
}

const schemeHandlers = (law: Law): Handlers => ({
  savingsRates: async ({ query }, { platform, actor }) => {
    const programme = programmeOf(law.pack, query.programme)
    if (!programme.ok) return programme
    const months = monthsOf(query.year)
    const rates = await readAs(platform, { role: 'run', actor }, (tx) =>
      readRates(tx, programme.value.code, months[0] as Month, months[11] as Month),
    )
    return ok(
      [...rates.values()].map(({ programme: code, month, rate, kind, act, article, link, status }) => ({
        programme: code,
        month,
        rate: percent(rate),
        kind,
        act,
        article,
        link,
        status,
      })),
    )
  },
  declareSavingsRate: ({ body }, { platform, actor, key }) =>
    inTransaction(
      platform,
      { role: 'run', actor },
      { name: 'declareSavingsRate', input: body, ...(key ? { key } : {}) },
      async (tx, input) => {
        const head = await serveAll(tx)
        return head.ok ? declareRates(tx, law, input) : head
      },
    ),
  savingsYears: async ({ query }, { platform, actor }) => {
    const programme = programmeOf(law.pack, query.programme)
    if (!programme.ok) return programme
    return readAs(platform, { role: 'run', actor }, async (tx) => {
      const controls = await readControls(tx, 500)
      const years = await closedYears(tx, programme.value.code)
      return ok(
        years.map(({ year, accounts, kinds }) =>
          closedJson(law, {
            programme: programme.value.code,
            year,
            accounts,
            already: true,
            provisional: kinds.filter((kind) => kind === 'provisional').length,
            control: controls.find((control) => control.year === year && control.programme === programme.value.code) ?? null,
          }),
        ),
      )
    })
  },
  closeSavingsYear: ({ params }, { platform, actor, key }) =>
    inTransaction(
      platform,
      { role: 'run', actor },
      { name: 'closeSavingsYear', input: params, ...(key ? { key } : {}) },
      async (tx, { year }) => {
        const head = await serveAll(tx)
        if (!head.ok) return head
        const programme = programmeOf(law.pack)
        if (!programme.ok) return programme
        const may = await mayCloseYear(tx, law, programme.value.code, Number(year))
        if (!may.ok) return may
        tx.enqueue({ task: 'close-savings-year', payload: { year }, key: `close-savings-year:${year}` })
        return ok({ job: `close-savings-year:${year}` })
      },
    ),
})

export const handlersFor = (law: Law): Handlers => ({ ...memberHandlers(law), ...entryHandlers(law), ...schemeHandlers(law) })
