// Checks one row of a folder's file by itself: every cell in its form, every code known. What rows say of each other is checked after, in
// the database. A row that is good comes out as the values to be staged; the first mistake is the refusal.
import type { Facts, Pack } from '@payung/law'
import {
  addDays,
  type Day,
  isMonth,
  type Month,
  memberNumber,
  monthNumber,
  monthOf,
  ok,
  parseAmount,
  parseDay,
  plainNumber,
  type Refusal,
  type Result,
  refuse,
} from '@payung/values'
import type { Encryption } from '../../platform/index.ts'
import { checkMembership, checkOrganisation, checkPerson } from '../../registry/index.ts'
import { type FileName, factOf } from './dictionary.ts'

export type StagedValue = string | number | bigint | null
export type RowContext = {
  readonly pack: Pack
  readonly encryption: Encryption
  readonly today: Day
  /** The furthest month that anybody may have paid. */
  readonly furthestPaid: Month
  readonly isRegion: (code: string) => boolean
  readonly isDistrict: (code: string) => boolean
  /** The next free id of a person. */
  readonly nextPerson: () => bigint
}
/** The cells of a row by the names of the columns; absent and empty are both empty. */
export type Cells = (name: string) => string

const fault = (column: string, given: string, rule: string, next: string, code = 'wrong-cell'): Result<never> =>
  refuse({ code, rule, data: { column, given: given.slice(0, 60) }, next })

/** An old number as the directory keeps it: without spaces, dots and hyphens. */
function numberIn(cells: Cells, column: string): Result<string> {
  const text = plainNumber(cells(column))
  return /^[0-9A-Za-z]{4,20}$/.test(text)
    ? ok(text)
    : fault(column, cells(column), 'An old number has 4 to 20 digits or letters.', 'Copy it from the system before.')
}
const optionalNumber = (cells: Cells, column: string): Result<string | null> => (cells(column) === '' ? ok(null) : numberIn(cells, column))

function textIn(cells: Cells, column: string): Result<string> {
  const text = cells(column)
  return text === '' || text.length > 200 ? fault(column, text, `The column ${column} has 1 to 200 characters.`, 'Fill it in.') : ok(text)
}

function dayIn(cells: Cells, column: string, latest: Day, earliest?: Day): Result<Day> {
  const day = parseDay(cells(column))
  if (!day) return fault(column, cells(column), 'A day is an existing day written YYYY-MM-DD.', 'Write it as YYYY-MM-DD.')
  if (day > latest) return fault(column, cells(column), `This day lies after ${latest}.`, 'Give the day as it was.')
  return earliest !== undefined && day < earliest
    ? fault(
        column,
        cells(column),
        `This day lies before ${earliest}: no earlier law is known here.`,
        'Give the day as it was, or a later one.',
      )
    : ok(day)
}

const factsIn = (cells: Cells, columns: readonly string[]): Facts =>
  Object.fromEntries(
    columns.flatMap((name) => {
      const [fact, value] = [factOf(name), cells(name)]
      return fact === undefined || value === '' ? [] : [[fact, value] as const]
    }),
  )

/** Refusals of the registry name its own fields; here they name the columns of the file. */
const columnOf: Readonly<Record<string, string>> = { regionCode: 'region', nationalNumber: 'national_number', from: 'from' }
function inColumns<Value>(pack: Pack, result: Result<Value>): Result<Value> {
  if (result.ok) return result
  const { field = '', flag, number, given, ...rest } = result.refusal.data
  const fact = pack.facts.find((info) => flag !== undefined && (flag === `--${info.flag}` || flag === info.code))
  const column = field === 'facts' && fact ? `fact.${fact.code}` : (columnOf[field] ?? field)
  return refuse({ ...result.refusal, data: { ...rest, column, given: given ?? number ?? '' } })
}

type Check = (context: RowContext, cells: Cells, columns: readonly string[]) => Result<StagedValue[]>

/** Faults are kept in the database until they are told: of an identity number only the last four digits. */
const masked = (refusal: Refusal, number: string): Result<never> =>
  refuse({ ...refusal, data: { column: 'national_number', given: number.slice(0, 40).replaceAll(/.(?=.{4})/g, '•') } })

const person: Check = ({ pack, encryption, today, isDistrict, nextPerson }, cells) => {
  const number = numberIn(cells, 'old_number')
  if (!number.ok) return number
  const given = {
    name: cells('name'),
    born: cells('born'),
    sex: cells('sex'),
    regionCode: cells('region'),
    nationalNumber: cells('national_number'),
  }
  const checked = inColumns(pack, checkPerson(pack, given, today, isDistrict))
  if (!checked.ok) return checked.refusal.data.column === 'national_number' ? masked(checked.refusal, given.nationalNumber) : checked
  const { name, born, sex, regionCode, nationalNumber } = checked.value
  const id = nextPerson()
  const cipher = nationalNumber === null ? null : `\\x${encryption.encrypt(nationalNumber, `person:${id}`).toString('hex')}`
  const hash = nationalNumber === null ? null : `\\x${encryption.keyedHash(nationalNumber, 'national number').toString('hex')}`
  return ok([id, memberNumber(id), number.value, name, born, sex, regionCode, cipher, hash])
}

const number: Check = (_, cells) => {
  const [old, other] = [numberIn(cells, 'old_number'), numberIn(cells, 'other_number')]
  if (!old.ok) return old
  return other.ok ? ok([old.value, other.value]) : other
}

const organisation: Check = ({ pack, isRegion }, cells, columns) => {
  const old = numberIn(cells, 'organisation')
  if (!old.ok) return old
  const funding = cells('funding_code')
  const given = {
    kind: cells('kind'),
    name: cells('name'),
    regionCode: cells('region'),
    facts: factsIn(cells, columns),
    fundingCode: funding,
  }
  const checked = inColumns(pack, checkOrganisation(pack, given, isRegion))
  if (!checked.ok) return checked
  const { kind, name, regionCode, facts } = checked.value
  if (kind.holder === 'state')
    return fault('kind', kind.code, 'The State is a payer from the beginning.', 'Leave this row out.', 'kind-unknown')
  return ok([old.value, kind.code, kind.settlement, name, regionCode, JSON.stringify(facts), funding === '' ? null : funding])
}

/** The days of a membership and of its cover; the last day is kept as the first day outside. */
function daysIn(
  { today, furthestPaid }: RowContext,
  cells: Cells,
  from: Day,
): Result<{ until: Day | null; coveredSince: Day | null; paidTo: number | null }> {
  const last = cells('last_day') === '' ? ok(null) : dayIn(cells, 'last_day', today)
  if (!last.ok) return last
  if (last.value !== null && last.value < from)
    return fault('last_day', last.value, `The membership began on ${from}.`, 'Give a last day on or after the first.')
  if (last.value !== null && cells('end_reason') === '') return fault('end_reason', '', 'An ending has a reason.', 'Say why it ended.')
  const since = cells('covered_since') === '' ? ok(null) : dayIn(cells, 'covered_since', today)
  if (!since.ok) return since
  if (since.value !== null && since.value < from)
    return fault('covered_since', since.value, `Cover begins with the membership, on ${from}.`, 'Give a day on or after the first.')
  const paid = cells('paid_to')
  if (paid !== '' && (!isMonth(paid) || since.value === null || paid < monthOf(since.value)))
    return fault('paid_to', paid, 'The last month paid is a month written YYYY-MM, not before cover began.', 'Fill in covered_since too.')
  if (paid > furthestPaid)
    return fault('paid_to', paid, `Nobody pays further ahead than for ${furthestPaid}.`, 'Give the last month that is paid.')
  const until = last.value === null ? null : addDays(last.value, 1)
  return ok({ until, coveredSince: since.value, paidTo: isMonth(paid) ? monthNumber(paid) : null })
}

/** The day of birth is compared later, when the person is known. */
const anyBirth = '1000-01-01' as Day

const membership: Check = (context, cells, columns) => {
  const { pack, today } = context
  const old = numberIn(cells, 'old_number')
  if (!old.ok) return old
  const name = textIn(cells, 'membership')
  if (!name.ok) return name
  const [employer, payer] = [optionalNumber(cells, 'organisation'), optionalNumber(cells, 'payer')]
  if (!employer.ok) return employer
  if (!payer.ok) return payer
  const given = {
    memberNumber: old.value,
    segment: cells('segment'),
    programmes: cells('programmes') === '' ? [] : cells('programmes').split(/\s+/),
    facts: factsIn(cells, columns),
    base: cells('base'),
    from: cells('from'),
  }
  const checked = inColumns(pack, checkMembership(pack, given, anyBirth, today))
  if (!checked.ok) return checked
  const { segment, programmes, facts, base, from } = checked.value
  const days = daysIn(context, cells, from)
  if (!days.ok) return days
  const { until, coveredSince, paidTo } = days.value
  const months = cells('months')
  if (!/^\d{1,4}$/.test(months) || Number(months) > 1200)
    return fault('months', months, 'Months contributed are a whole number, at most 1200.', 'Write 0 where there are none.')
  const act = textIn(cells, 'act')
  if (!act.ok) return act
  const texts = [old.value, name.value, segment.code, employer.value, payer.value, programmes.join(','), JSON.stringify(facts)]
  return ok([...texts, base, from, until, until === null ? null : cells('end_reason'), coveredSince, paidTo, Number(months), act.value])
}

const balance: Check = ({ pack, today }, cells) => {
  const old = numberIn(cells, 'old_number')
  if (!old.ok) return old
  const name = textIn(cells, 'membership')
  if (!name.ok) return name
  const programme = cells('programme')
  if (!pack.programmes.some(({ code, savings }) => savings && code === programme))
    return fault('programme', programme, 'Only programmes of savings have a balance.', 'See the codes in the dictionary.')
  const amount = parseAmount(cells('amount'))
  if (amount === undefined || amount <= 0n || amount > 999_999_999_999_999n)
    return fault('amount', cells('amount'), 'A balance is a whole amount above zero in digits.', 'Leave the row out where it is zero.')
  // It counts from the day after, which is not to come. No rate is declared before the law that is known here begins: a year with such a
  // balance could never be closed, nor any year after it.
  const day = dayIn(cells, 'day', addDays(today, -1), addDays(pack.start, -1))
  if (!day.ok) return day
  const act = textIn(cells, 'act')
  return act.ok ? ok([old.value, name.value, programme, amount, day.value, act.value]) : act
}

export const checks: Readonly<Record<FileName, Check>> = {
  persons: person,
  numbers: number,
  organisations: organisation,
  memberships: membership,
  balances: balance,
}
