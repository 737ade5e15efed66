// Writes a folder as a system before would hand it over: N persons with identity numbers, their employers, memberships and savings, and
// the totals of it all.
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { addDays, type Day } from '@payung/values'

/** Workers to an employer, on average, as in the published counts; and every fifth person pays alone. */
const [workersPerEmployer, alone] = [57, 5]
const districts = ['31.71', '31.72', '31.73', '31.74', '31.75']
const names = ['Ayu Lestari', 'Budi Santoso', 'Citra Dewi', 'Dedi Kurniawan', 'Eka Putri', 'Fajar Nugroho', 'Gita Sari']
const firstBirth = '1968-01-01' as Day

const pick = <Value>(values: readonly Value[], place: number): Value => values[place % values.length] as Value
const two = (number: number): string => String(number).padStart(2, '0')

/** Sixteen digits as the country forms them: area, day of birth (40 more for a woman), serial. */
function identityNumber(area: string, born: Day, female: boolean, serial: number): string {
  const day = Number(born.slice(8)) + (female ? 40 : 0)
  return `${area.replace('.', '')}01${two(day)}${born.slice(5, 7)}${born.slice(2, 4)}${String(serial).padStart(4, '0')}`
}

/** Person number `place`. Serials tell apart those who were born on one day in one district. */
function personOf(place: number) {
  const days = 12_000
  const [born, district] = [addDays(firstBirth, place % days), pick(districts, Math.floor(place / days))]
  const female = Math.floor(place / (days * districts.length)) % 2 === 0
  const serial = 1 + Math.floor(place / (days * districts.length * 2))
  return { old: `LA${String(place).padStart(9, '0')}`, born, district, female, number: identityNumber(district, born, female, serial) }
}

const employerOf = (place: number): string => `NP${String(Math.floor(place / workersPerEmployer)).padStart(7, '0')}`
const isAlone = (place: number): boolean => place % alone === 0
const baseOf = (place: number): number => (isAlone(place) ? 1_000_000 : 3_000_000 + (place % 4001) * 1000)
const savedOf = (place: number): number => 1_000_000 + (place % 9973) * 4001
const joinedOf = (place: number): Day => addDays('2016-01-01' as Day, (place * 7) % 3200)
const act = 'Handover record 12/2026'

export type PlantedFolder = { readonly path: string; readonly files: readonly string[]; readonly rows: number }

/** The lines of a file, in pieces of a thousand. */
function* linesOf(head: string, count: number, line: (place: number) => string): Generator<string> {
  yield `${head}\n`
  for (let from = 0; from < count; from += 1000)
    yield Array.from({ length: Math.min(1000, count - from) }, (_, index) => `${line(from + index)}\n`).join('')
}

export async function plantFolder(folder: string, persons: number): Promise<PlantedFolder> {
  await mkdir(folder, { recursive: true })
  const employers = Math.ceil(persons / workersPerEmployer)
  const write = (name: string, head: string, count: number, line: (place: number) => string): Promise<void> =>
    pipeline(Readable.from(linesOf(head, count, line)), createWriteStream(path.join(folder, `${name}.csv`)))
  await write(
    'organisations',
    'organisation,kind,name,region,fact.risk_class,fact.employer_size,fact.active_workers',
    employers,
    (place) => {
      const facts = [pick(['I', 'II', 'III', 'IV', 'V'], place), pick(['micro', 'small', 'medium', 'large'], place), 20 + (place % 90)]
      return [employerOf(place * workersPerEmployer), 'employer', `Example Works ${place}`, pick(districts, place), ...facts].join(',')
    },
  )
  await write('persons', 'old_number,name,born,sex,region,national_number', persons, (place) => {
    const { old, born, district, female, number } = personOf(place)
    return [old, pick(names, place), born, female ? 'female' : 'male', district, number].join(',')
  })
  const columns = 'old_number,membership,segment,organisation,base,from,covered_since,paid_to,months,act'
  await write('memberships', columns, persons, (place) => {
    const joined = joinedOf(place)
    const [segment, employer, paid] = isAlone(place) ? ['BPU', '', '2026-08'] : ['PU', employerOf(place), '']
    return [personOf(place).old, 1, segment, employer, baseOf(place), joined, joined, paid, place % 120, act].join(',')
  })
  const savers = persons - Math.ceil(persons / alone)
  await write('balances', 'old_number,membership,programme,amount,day,act', savers, (index) => {
    const place = index + 1 + Math.floor(index / (alone - 1))
    return [personOf(place).old, 1, 'JHT', savedOf(place), '2026-08-31', act].join(',')
  })
  const sum = (of: (place: number) => number): bigint => {
    let total = 0n
    for (let place = 0; place < persons; place++) total += BigInt(of(place))
    return total
  }
  const totals = [
    ['organisations', 'rows', employers],
    ['persons', 'rows', persons],
    ['memberships', 'rows', persons],
    ['memberships', 'base', sum(baseOf)],
    ['memberships', 'months', sum((place) => place % 120)],
    ['balances', 'rows', savers],
    ['balances', 'amount', sum((place) => (isAlone(place) ? 0 : savedOf(place)))],
  ]
  await writeFile(path.join(folder, 'totals.csv'), `file,measure,value\n${totals.map((row) => row.join(',')).join('\n')}\n`)
  return { path: folder, files: ['organisations', 'persons', 'memberships', 'balances'], rows: employers + 2 * persons + savers }
}
