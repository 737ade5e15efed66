// SQL of what of the paid contributions belongs to one programme, member by member: the split, read through the tariff of each month
// where the rows stand. Rooms above embed these queries in set statements of their own.
import { type Day, monthFromNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { classValues, type Tariff, tariffOf, withoutBands } from './assess-rows.ts'
import { linesOf } from './tariff.ts'

/** Which bills: those paid from a day to a day, some by their ids or a condition, or those that were issued and not paid by the end of a day. */
export type SharesOf =
  | {
      readonly from: Day
      readonly to: Day
      /** SQL of a further condition on a bill `b`. */
      readonly and?: string
      /** SQL of a number that depends on the day of payment; it stands beside each amount as `weight`, computed once for a bill. */
      readonly weigh?: (day: string) => string
    }
  | { readonly bills: readonly bigint[] }
  | { readonly among: string }
  | { readonly unpaidOn: Day; readonly and?: string }

const list = (bills: readonly bigint[]): string => `array[${bills.join(', ')}]::bigint[]`

/** The condition on a bill `b`. Days and ids stand in the text, so that the query can be embedded without parameters. */
function conditionOf(of: SharesOf): string {
  if ('bills' in of) return `b.payer_id = any (${list(of.bills.map((bill) => bill >> 20n))}) and b.bill_id = any (${list(of.bills)})`
  if ('among' in of) return of.among
  const and = of.and === undefined ? '' : ` and ${of.and}`
  if ('unpaidOn' in of)
    return `b.state <> 'calculated' and b.issued_on <= '${of.unpaidOn}' and (b.paid_on is null or b.paid_on > '${of.unpaidOn}')${and}`
  return `b.paid_on between '${of.from}' and '${of.to}'${and}`
}

type TariffOfProgramme = {
  readonly tariff: Tariff
  /** The classes that hold nothing of the programme. */
  readonly without: readonly number[]
}

/** The lines of a month that touch a programme: what is billed for it, and what is split to it or from it. Undefined when no class has one. */
async function tariffOfProgramme(tx: Tx, month: number, programme: string): Promise<TariffOfProgramme | undefined> {
  const classes = await tx.query<{ class: number }>('select class from contributions.tariff_class where month = $1 order by class', [month])
  const lines = await linesOf(
    tx,
    monthFromNumber(month),
    classes.map((each) => each.class),
  )
  const ranges = [...lines].flatMap(([number, all]) => {
    const own = all.filter(
      ({ kind, programme: of, from_programme: from }) =>
        (of === programme && (kind === 'employer' || kind === 'worker' || kind === 'split')) || (from === programme && kind === 'split'),
    )
    return own.length === 0 ? [] : [{ profile_id: 0, born_from: '0001-01-01', born_until: '9999-12-31', class: number, lines: own }]
  })
  if (ranges.length === 0) return undefined
  const own = new Set(ranges.map((range) => range.class))
  return { tariff: tariffOf(ranges), without: classes.flatMap((each) => (own.has(each.class) ? [] : [each.class])) }
}

/**
 * The rows of a month, where they are `kept`, with what their class says. Where the programme costs the same in every class and has no bands, as savings usually
 * do, nothing is looked up row by row; the classes that hold nothing of it are left out.
 */
function rowsIn({ tariff, without }: TariffOfProgramme, kept: string): { readonly from: string; readonly where: string } {
  if (tariff.sql.columns.length > 0 || !withoutBands(tariff)) {
    const bands = withoutBands(tariff) ? '' : ' and c.base >= w.band_from and c.base < w.band_to'
    return { from: `${kept} c join ${classValues(tariff)} on w.class = c.class${bands}`, where: '' }
  }
  return {
    from: `${kept} c`,
    where: without.length === 0 ? '' : ` and c.class <> all (array[${without.join(', ')}]::smallint[])`,
  }
}

/** Only months that were assessed anew hold replacements. All others are read from the table of entries, whose statistics the planner knows. */
const monthsWithReplacements = async (tx: Tx): Promise<ReadonlySet<number>> =>
  new Set((await tx.query<{ month: number }>('select distinct month from contributions.reassessment')).map(({ month }) => month))

const amountIn = (tariff: Tariff, programme: string): string =>
  tariff.wide.slots
    .map((slot, index) => `${slot.kind === 'split' && slot.from === programme ? '- ' : '+ '}(${tariff.sql.slot(index, 'c.base', 'w')})`)
    .join(' ')
    .replace(/^\+ /, '')

/** A premium of several members is theirs in equal parts, the first ones bearing what cannot be divided; then the parts sum to the whole. */
const ofContracts = (programme: string, condition: string, day: string): string => `
  select n.person_id, n.bill_id, ${day}, n.amount / n.members + case when n.place <= n.amount % n.members then 1 else 0 end as amount
  from (
    select m.person_id, b.bill_id, b.paid_on,
      coalesce((p.amounts -> '${programme}' ->> 'employer')::bigint, 0) + coalesce((p.amounts -> '${programme}' ->> 'worker')::bigint, 0) as amount,
      count(*) over (partition by b.bill_id) as members, row_number() over (partition by b.bill_id order by m.person_id, m.ordinal) as place
    from contributions.premium_part p join contributions.bill b on b.payer_id = p.payer_id and b.bill_id = p.bill_id
    join contributions.premium_member m on m.payer_id = p.payer_id and m.contract_id = p.contract_id
    where p.amounts ? '${programme}' and ${condition}
  ) n where n.amount > 0`

/**
 * One SELECT for each contribution month, and one for contracts: person_id, bill_id, paid_on (or weight), amount (below zero where a row
 * takes another back). A month's partition is read once, with its classes as constants in the text. OFFSET 0 keeps what is said of a bill
 * from being worked out again for each of its rows.
 */
export async function selectShares(tx: Tx, programme: string, of: SharesOf): Promise<string[]> {
  if (!/^[\w+-]+$/.test(programme)) throw new RangeError(`"${programme}" is no programme`)
  const condition = conditionOf(of)
  const weigh = 'weigh' in of ? of.weigh : undefined
  const dayOf = (row: string): string => (weigh ? `${weigh(`${row}.paid_on`)} as weight` : `${row}.paid_on`)
  const months = await tx.query<{ month: number }>(
    `select distinct b.month from contributions.bill b where b.kind not in ('contract', 'state', 'fine', 'deferred') and ${condition} order by b.month`,
  )
  const replaced = await monthsWithReplacements(tx)
  const selects: string[] = []
  for (const { month } of months) {
    const found = await tariffOfProgramme(tx, month, programme)
    if (!found) continue
    const { from, where } = rowsIn(found, replaced.has(month) ? 'contributions.contribution' : 'contributions.entry')
    selects.push(
      `select c.person_id, c.bill_id, b.${weigh ? 'weight' : 'paid_on'}, case when c.entry % 2 = 0 then 1 else -1 end * (${amountIn(found.tariff, programme)}) as amount
       from ${from} join (select b.bill_id, ${dayOf('b')} from contributions.bill b where b.month = ${month} and ${condition} offset 0) b on b.bill_id = c.bill_id
       where c.month = ${month}${where}`,
    )
  }
  const [contract] = await tx.query(
    `select from contributions.premium_part p join contributions.bill b on b.payer_id = p.payer_id and b.bill_id = p.bill_id where p.amounts ? '${programme}' and ${condition} limit 1`,
  )
  return contract ? [...selects, ofContracts(programme, condition, dayOf('n'))] : selects
}

export type RowToSplit = {
  readonly person_id: bigint
  readonly bill_id: bigint
  readonly paid_on: Day | null
  readonly month: number
  readonly class: number
  readonly entry: number
  readonly base: bigint
}

/** The rows of some persons whose bills were paid after a day and by another, or are named; what they hold of a programme is split by the caller. */
export const readPaidRows = (
  tx: Tx,
  persons: readonly bigint[],
  { after, through, bills }: { readonly after: Day; readonly through: Day; readonly bills: readonly bigint[] },
): Promise<RowToSplit[]> =>
  tx.query<RowToSplit>(
    `select c.person_id, c.bill_id, b.paid_on, c.month, c.class, c.entry, c.base
     from (select k.*, k.bill_id >> 20 as payer_id from contributions.contribution k where k.person_id = any ($1::bigint[]) offset 0) c
     join contributions.bill b on b.payer_id = c.payer_id and b.bill_id = c.bill_id
     where (b.paid_on <= $3::date and b.paid_on > $2::date) or b.bill_id = any ($4::bigint[])
     order by b.paid_on, c.month, c.ordinal, c.entry`,
    [persons, after, through, bills],
  )

/** The same of premium contracts: what each person's share is. */
export async function readPaidPremiums(
  tx: Tx,
  programme: string,
  persons: readonly bigint[],
  { after, through, bills }: { readonly after: Day; readonly through: Day; readonly bills: readonly bigint[] },
): Promise<{ person_id: bigint; bill_id: bigint; paid_on: Day | null; month: number; amount: bigint }[]> {
  const contracts = await tx.query<{ bill_id: bigint; month: number }>(
    `select distinct b.bill_id, b.month from contributions.premium_member m join contributions.premium_part p on p.payer_id = m.payer_id and p.contract_id = m.contract_id
     join contributions.bill b on b.payer_id = p.payer_id and b.bill_id = p.bill_id
     where m.person_id = any ($1::bigint[]) and ((b.paid_on <= $3::date and b.paid_on > $2::date) or b.bill_id = any ($4::bigint[]))`,
    [persons, after, through, bills],
  )
  if (contracts.length === 0) return []
  const months = new Map(contracts.map(({ bill_id, month }) => [bill_id, month]))
  const shares = await tx.query<{ person_id: bigint; bill_id: bigint; paid_on: Day | null; amount: bigint }>(
    `select s.* from (${ofContracts(programme, conditionOf({ bills: contracts.map(({ bill_id }) => bill_id) }), 'n.paid_on')}) s where s.person_id = any ($1::bigint[]) order by s.paid_on, s.bill_id`,
    [persons],
  )
  return shares.map((share) => ({ ...share, month: months.get(share.bill_id) ?? 0 }))
}
