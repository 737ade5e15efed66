// A person as given at registration: what must be there, and what the identity number of the pack says about it.
import type { IdentityGiven, Pack } from '@payung/law'
import { type Day, nameFault, ok, parseDay, type Result, refuse, yearsBetween } from '@payung/values'
import { rowFault } from './row-fault.ts'

export type Sex = 'female' | 'male'
export type NewPerson = {
  readonly name: string
  readonly born: string
  readonly sex: string
  readonly regionCode: string
  readonly nationalNumber?: string
}
export type CheckedPerson = {
  readonly name: string
  readonly born: Day
  readonly sex: Sex
  readonly regionCode: string
  readonly nationalNumber: string | null
}

const oldest = 120

function checkBorn(text: string, today: Day): Result<Day> {
  const born = parseDay(text)
  const no = (rule: string) => refuse(rowFault('wrong-birth-day', 'born', text, rule, 'Write the day of birth as YYYY-MM-DD.'))
  if (!born) return no('The day of birth is an existing day written YYYY-MM-DD.')
  if (born > today) return no('Nobody is registered before birth.')
  return yearsBetween(born, today) > oldest ? no(`A day of birth lies at most ${oldest} years back.`) : ok(born)
}

function checkNumber(pack: Pack, text: string | undefined, given: IdentityGiven): Result<string | null> {
  if (text === undefined || text.trim() === '') return ok(null)
  if (!pack.rules.identityNumber) return ok(text.trim())
  const checked = pack.rules.identityNumber(pack, text, given)
  if (checked.ok) return ok(checked.value.number)
  // A refusal is kept with the reply to its request; the number in it is shown by its last four digits only.
  const data = Object.fromEntries(Object.entries(checked.refusal.data).map(([key, value]) => [key, value.replaceAll(/\d(?=\d{4})/g, '•')]))
  return refuse({ ...checked.refusal, data: { ...data, field: 'nationalNumber' } })
}

/** Checks a person in the order of the form; the first mistake is the refusal. */
export function checkPerson(pack: Pack, person: NewPerson, today: Day, isRegion: (code: string) => boolean): Result<CheckedPerson> {
  const name = person.name.trim().replaceAll(/\s+/g, ' ')
  if (name === '' || name.length > 200 || /\d/.test(name) || nameFault(name) !== undefined)
    return refuse(
      rowFault(
        'wrong-name',
        'name',
        person.name,
        'A name has 1 to 200 characters, no digits, no characters that nobody sees, and does not begin like a formula (=, +, -, @).',
        'Write the name as it stands on the identity card.',
      ),
    )
  const born = checkBorn(person.born, today)
  if (!born.ok) return born
  const { sex } = person
  if (sex !== 'female' && sex !== 'male')
    return refuse(
      rowFault('wrong-sex', 'sex', sex, 'The register knows "female" and "male", as the identity card does.', 'Write female or male.'),
    )
  if (!isRegion(person.regionCode))
    return refuse(
      rowFault(
        'region-unknown',
        'regionCode',
        person.regionCode,
        'The place of residence is a district by its code.',
        'Look the code up in the list of regions.',
      ),
    )
  const number = checkNumber(pack, person.nationalNumber, { born: born.value, sex, on: today })
  return number.ok ? ok({ name, born: born.value, sex, regionCode: person.regionCode, nationalNumber: number.value }) : number
}
