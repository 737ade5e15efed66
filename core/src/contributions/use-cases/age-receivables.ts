// What employers and the State owe on a day, by how late it is, in the classes that the pack names (parameter `receivable-classes`).
import { type Law, listAt, numberAt, partOf, textAt, valueAt } from '@payung/law'
import { type Day, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { ageReceivables } from '../store/ageing.ts'

export type AgeClass = {
  /** Empty for bills that are not late. */
  readonly class: string
  readonly labels: Readonly<Record<string, string>>
  /** The last begun month of lateness of the class; null: all beyond the class before. */
  readonly upToMonths: number | null
  readonly bills: bigint
  readonly payers: bigint
  readonly amount: bigint
}
export type Ageing = {
  readonly on: Day
  readonly classes: readonly AgeClass[]
  readonly source: { readonly act: string; readonly article: string; readonly link: string; readonly status: string }
}

const notLate = { class: '', labels: { en: 'Not late', id: 'Belum jatuh tempo' }, upToMonths: 0 }

export async function showAgeing(tx: Tx, law: Law, on: Day): Promise<Result<Ageing>> {
  const entry = law.asPublishedBy(on).on(on).entry('receivable-classes')
  if (!entry)
    return refuse({
      code: 'no-source',
      rule: 'No source names classes of receivables for this day.',
      data: { parameter: 'receivable-classes', on },
      next: 'Add a dated entry with its source to the pack.',
    })
  const named = listAt(entry)
    .map((row) => partOf(entry, row))
    .map((row) => ({
      class: textAt(row, 'class'),
      labels: { en: textAt(row, 'labels', 'en'), id: textAt(row, 'labels', 'id') },
      upToMonths: valueAt(row, 'up_to_months') === undefined ? null : numberAt(row, 'up_to_months'),
    }))
  const rows = await ageReceivables(
    tx,
    on,
    named.flatMap(({ upToMonths }) => upToMonths ?? []),
  )
  const classes = [notLate, ...named].map((each, place) => {
    const { bills, payers, amount } = rows.find((row) => row.place === place) ?? { bills: 0n, payers: 0n, amount: 0n }
    return { ...each, bills, payers, amount }
  })
  const { act, article, link, status } = entry
  return ok({ on, classes, source: { act, article, link, status } })
}
