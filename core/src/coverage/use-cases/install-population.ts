// People and eligible workers of every district: the denominator of all coverage, with its source and date.
import { type Day, ok, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { readDistricts, replacePopulation } from '../store.ts'

/** How many of a thousand people count as workers who could be insured, and where the count of people comes from. */
export type EligibleRule = { readonly perThousand: number; readonly source: string; readonly asOf: Day }

/** Takes the people from the regions of the registry. Work for inTransaction, as role `run`; doing it again replaces it. */
export async function installPopulation(tx: Tx, rule: EligibleRule): Promise<Result<number>> {
  const districts = await readDistricts(tx)
  const rows = districts.map(({ region_code, people }) => ({
    regionCode: region_code,
    people: Number(people),
    eligible: Math.round((Number(people) * rule.perThousand) / 1000),
    source: rule.source,
    asOf: rule.asOf,
  }))
  const installed = await replacePopulation(tx, rows)
  await tx.emit({
    kind: 'population-installed',
    room: 'coverage',
    subject: 'population',
    payload: { districts: installed, perThousand: rule.perThousand, asOf: rule.asOf },
  })
  return ok(installed)
}
