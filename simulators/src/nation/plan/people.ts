// Made-up people: a name, a day of birth, a sex, and a national number of the right form that nobody bears.
import { addDays, type Day, daysBetween } from '@payung/values'
import type { NamesProfile, NumberPart, WorkersProfile } from '../profile.ts'
import { type Random, random } from '../random.ts'

export type PlannedPerson = {
  readonly name: string
  readonly born: Day
  readonly sex: 'female' | 'male'
  readonly region: string
  readonly nationalNumber: string
}
export type Work = keyof WorkersProfile['female']

function nameOf(names: NamesProfile, sex: 'female' | 'male', province: string, dice: Random): string {
  const own = names.provinces.find(({ codes }) => codes.includes(province))
  const local = own !== undefined && dice.chance(0.75)
  const first = dice.pick((local ? own[sex] : undefined) ?? names[sex])
  if (!local && dice.chance(names.alone)) return first
  return `${first} ${dice.pick((local ? own.family : undefined) ?? names.family)}`
}

/** One part of the number; the sequence follows from how often the other parts have occurred. */
function writePart(part: NumberPart, person: Omit<PlannedPerson, 'nationalNumber' | 'name'>, counter: number, sequence: number): string {
  const [year = '', month = '', day = ''] = person.born.split('-')
  const digits: Readonly<Record<NumberPart['part'], string>> = {
    region: person.region.replaceAll(/\D/g, ''),
    counter: String(counter),
    day: String(Number(day) + (person.sex === 'female' ? (part.women_add ?? 0) : 0)),
    month,
    year: year.slice(-part.digits),
    sequence: String((part.from ?? 0) + sequence),
  }
  return digits[part.part].padStart(part.digits, '0')
}

/** Makes people one after another; no two get the same number. */
export function makePeople(
  names: NamesProfile,
  workers: WorkersProfile,
  seed: number,
): (region: string, province: string, work: Work) => PlannedPerson {
  const dice = random(seed, 'people')
  const days = daysBetween(workers.born.from, workers.born.to)
  const counter = workers.national_number.find(({ part }) => part === 'counter')
  const used = new Map<string, number>()
  return (region, province, work) => {
    const sex = dice.chance(workers.female[work]) ? 'female' : 'male'
    const person = { born: addDays(workers.born.from, dice.whole(0, days)), sex, region } as const
    const place = dice.whole(counter?.from ?? 0, counter?.to ?? 0)
    const before = `${region}/${place}/${person.born}/${sex}`
    const sequence = used.get(before) ?? 0
    used.set(before, sequence + 1)
    const nationalNumber = workers.national_number.map((part) => writePart(part, person, place, sequence)).join('')
    return { name: nameOf(names, sex, province, dice), ...person, nationalNumber }
  }
}
