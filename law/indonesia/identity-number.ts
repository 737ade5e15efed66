// The 16-digit national number: area (6), day of birth DDMMYY with 40 added to a woman's day (6), serial (4). Form only: it proves no person.
import { type Day, isDay, ok, type Result, refuse } from '@payung/values'
import type { IdentityGiven, IdentityNumber, Pack, Words } from '../src/types.ts'

type Areas = { readonly provinces: ReadonlySet<string>; readonly districts: ReadonlySet<string>; readonly old: ReadonlySet<string> }
const read = new WeakMap<Pack, Areas>()

/** The area codes of the pack's tables, gathered once. */
function areasOf(pack: Pack): Areas {
  const codes = (table: string): ReadonlySet<string> =>
    new Set((pack.tables[table] ?? []).map(({ code }) => (code ?? '').replaceAll('.', '')))
  const areas = read.get(pack) ?? { provinces: codes('provinces'), districts: codes('districts'), old: codes('old-areas') }
  read.set(pack, areas)
  return areas
}

const wrong = (rule: string, number: string, next: string): Result<never> =>
  refuse({ code: 'wrong-identity-number', rule, data: { number: `${number.slice(0, 6)}…` }, next })

const dayOf = (year: number, month: string, day: string): Day | undefined => {
  const text = `${year}-${month}-${day}`
  return isDay(text) ? text : undefined
}

/** The days of birth the digits allow: two digits of a year leave the century open. */
function possibleDays(digits: string, on: Day): Day[] {
  const raw = Number(digits.slice(0, 2))
  const day = String(raw > 40 ? raw - 40 : raw).padStart(2, '0')
  return [1900, 2000]
    .flatMap((century) => dayOf(century + Number(digits.slice(4)), digits.slice(2, 4), day) ?? [])
    .filter((born) => born <= on)
}

function areaNotes(areas: Areas, number: string): Words[] | undefined {
  const province = number.slice(0, 2)
  const district = number.slice(0, 4)
  if (areas.old.has(province))
    return [{ en: `Area ${province} is an old code that is no longer given out.`, id: `Kode wilayah ${province} adalah kode lama.` }]
  if (!areas.provinces.has(province)) return undefined
  if (areas.districts.has(district)) return []
  return [
    {
      en: `Area ${district} is not in today's list; it may be a code from before a district was divided.`,
      id: `Kode ${district} tidak ada di daftar sekarang; mungkin kode sebelum pemekaran.`,
    },
  ]
}

/** Checks form, area, day of birth and sex; what is given of the person must agree. */
export function identityNumber(pack: Pack, text: string, given: IdentityGiven): Result<IdentityNumber> {
  const number = text.replaceAll(/[\s.-]/g, '')
  if (!/^\d{16}$/.test(number)) return wrong('The national number has 16 digits.', number, 'Type the 16 digits as they stand on the card.')
  const notes = areaNotes(areasOf(pack), number)
  if (!notes)
    return wrong(
      `The national number begins with the code of a province; ${number.slice(0, 2)} is none.`,
      number,
      'Compare the first two digits with the card.',
    )
  if (number.endsWith('0000'))
    return wrong('The last four digits are a serial from 0001 on.', number, 'Compare the last four digits with the card.')
  const raw = Number(number.slice(6, 8))
  const days = possibleDays(number.slice(6, 12), given.on)
  if (days.length === 0 || raw === 40)
    return wrong(
      'Digits 7 to 12 are the day of birth, DDMMYY, with 40 added to the day of a woman.',
      number,
      'Compare digits 7 to 12 with the card.',
    )
  const sex = raw > 40 ? 'female' : 'male'
  if (given.born !== undefined && !days.includes(given.born))
    return wrong(
      `The number tells another day of birth than ${given.born}.`,
      number,
      'Correct the number or the day of birth; both stand on the card.',
    )
  if (given.sex !== undefined && given.sex !== sex)
    return wrong(`The number tells that the person is ${sex}.`, number, 'Correct the number or the sex; both stand on the card.')
  const born = given.born ?? (days.length === 1 ? (days[0] ?? null) : null)
  return ok({ number, born, sex, area: number.slice(0, 6), notes })
}
