// Takes the people and eligible workers of every district from somebody who counted them: the denominator of an own database's rates.
import { isDay, ok, type Refusal, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { checkPopulation, type PopulationGiven } from '../domain/population-file.ts'
import { readPopulation } from '../population-store.ts'
import { readNation } from '../read-store.ts'
import { readDistricts, replacePopulation } from '../store.ts'

export type PopulationImport = {
  readonly rows: readonly PopulationGiven[]
  /** As the figures shall cite it, and the day for which people were counted. */
  readonly source: string
  readonly asOf: string
  readonly timeZone: string
}
export type PopulationImported = {
  /** False when just this stood already. */
  readonly changed: boolean
  readonly districts: number
  readonly people: number
  readonly eligible: number
  /** Where a row is wrong nothing is taken: a denominator with holes would make every rate too high. */
  readonly faults: readonly { readonly index: number; readonly refusal: Refusal }[]
}

const no = (code: string, rule: string, data: Refusal['data'], next: string): Result<never> => refuse({ code, rule, data, next })

/** Work for inTransaction, as role `run`. The same file given again changes nothing and tells nothing. */
export async function importPopulation(
  tx: Tx,
  { rows: given, source, asOf, timeZone }: PopulationImport,
): Promise<Result<PopulationImported>> {
  if (source.trim() === '' || source.length > 500)
    return no('source-missing', 'Every rate says where its denominator comes from.', {}, 'Name the source in 1 to 500 characters.')
  if (!isDay(asOf) || asOf > tx.today(timeZone))
    return no(
      'wrong-day',
      'People were counted for a day that has come, written YYYY-MM-DD.',
      { asOf },
      'Write for instance --as-of 2025-12-31.',
    )
  if (await readNation(tx))
    return no(
      'population-of-demonstration',
      'A demonstration counts against the people that it was made from.',
      {},
      'Use a database of your own: set DATABASE_URL.',
    )
  const districts = (await readDistricts(tx)).map(({ region_code }) => region_code)
  const { rows, faults, missing } = checkPopulation(given, districts)
  const sum = (of: 'people' | 'eligible'): number => rows.reduce((total, row) => total + row[of], 0)
  const counted = { districts: rows.length, people: sum('people'), eligible: sum('eligible') }
  if (faults.length > 0) return ok({ ...counted, changed: false, faults })
  if (missing.length > 0)
    return no(
      'population-incomplete',
      'The file names every district: a denominator with holes would make the rates too high.',
      { missing: String(missing.length), first: missing.slice(0, 10).join(', ') },
      'Add the districts that are missing; 0 where nobody lives.',
    )
  const wanted = rows.map((row) => ({ ...row, source: source.trim(), asOf }))
  const text = (all: readonly object[]): string => JSON.stringify(all)
  const order = (a: { regionCode: string }, b: { regionCode: string }): number => (a.regionCode < b.regionCode ? -1 : 1)
  if (text(await readPopulation(tx)) === text(wanted.sort(order))) return ok({ ...counted, changed: false, faults })
  await replacePopulation(tx, wanted)
  await tx.emit({
    kind: 'population-imported',
    room: 'coverage',
    subject: 'population',
    payload: { ...counted, source: source.trim(), asOf },
  })
  return ok({ ...counted, changed: true, faults })
}
