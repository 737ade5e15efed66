// Checks the people and eligible workers of each district as somebody gives them: every district once, in whole numbers.
import type { Refusal } from '@payung/values'

export type PopulationGiven = { readonly region: string; readonly people: string; readonly eligible: string }
export type DistrictPeople = { readonly regionCode: string; readonly people: number; readonly eligible: number }
export type CheckedPopulation = {
  readonly rows: readonly DistrictPeople[]
  /** What is wrong, by the place of its row. */
  readonly faults: readonly { readonly index: number; readonly refusal: Refusal }[]
  /** Districts that no row names. */
  readonly missing: readonly string[]
}

const whole = (text: string): number | undefined => (/^\d{1,12}$/.test(text) ? Number(text) : undefined)
const fault = (code: string, field: keyof PopulationGiven, given: string, rule: string, next: string): Refusal => ({
  code,
  rule,
  data: { field, given: given.slice(0, 40) },
  next,
})

function checkRow(row: PopulationGiven, districts: ReadonlySet<string>, seen: ReadonlySet<string>): DistrictPeople | Refusal {
  if (!districts.has(row.region))
    return fault(
      'district-unknown',
      'region',
      row.region,
      'People are counted by district, named by its code.',
      'Look the code up in the list of districts.',
    )
  if (seen.has(row.region))
    return fault('district-repeated', 'region', row.region, 'Each district stands once.', 'Leave one of its rows out.')
  const [people, eligible] = [whole(row.people), whole(row.eligible)]
  const number = 'A count of people is a whole number in digits.'
  if (people === undefined) return fault('wrong-count', 'people', row.people, number, 'Write it without dots, commas and spaces.')
  if (eligible === undefined) return fault('wrong-count', 'eligible', row.eligible, number, 'Write it without dots, commas and spaces.')
  return eligible > people
    ? fault('more-workers-than-people', 'eligible', row.eligible, 'Who could be insured is one of the people.', 'Check both numbers.')
    : { regionCode: row.region, people, eligible }
}

export function checkPopulation(given: readonly PopulationGiven[], districts: readonly string[]): CheckedPopulation {
  const known = new Set(districts)
  const seen = new Set<string>()
  const rows: DistrictPeople[] = []
  const faults: { index: number; refusal: Refusal }[] = []
  for (const [index, row] of given.entries()) {
    const checked = checkRow(row, known, seen)
    seen.add(row.region)
    if ('code' in checked) faults.push({ index, refusal: checked })
    else rows.push(checked)
  }
  return { rows, faults, missing: districts.filter((code) => !seen.has(code)) }
}
