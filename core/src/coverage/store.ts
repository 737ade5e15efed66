// All SQL that writes the roll-ups: one set statement for each step, made from the rows of the rooms below.
import type { Day } from '@payung/values'
import { billedAmount } from '../ledger/index.ts'
import type { Tx } from '../platform/index.ts'
import type { Nation } from './read-store.ts'

export type PopulationRow = {
  readonly regionCode: string
  readonly people: number
  readonly eligible: number
  readonly source: string
  readonly asOf: Day
}

export async function replacePopulation(tx: Tx, rows: readonly PopulationRow[]): Promise<number> {
  await tx.run('delete from coverage.population')
  return tx.run(
    `insert into coverage.population (region_code, people, eligible, source, as_of) select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::date[])`,
    [
      rows.map((row) => row.regionCode),
      rows.map((row) => row.people),
      rows.map((row) => row.eligible),
      rows.map((row) => row.source),
      rows.map((row) => row.asOf),
    ],
  )
}

/** The districts with their people, as the registry knows them. */
export const readDistricts = (tx: Tx): Promise<{ region_code: string; people: bigint }[]> =>
  tx.query(
    `select region_code, coalesce(population_male, 0) + coalesce(population_female, 0) as people from registry.region where level = 'district' order by region_code`,
  )

export async function forgetDay(tx: Tx, day: Day): Promise<void> {
  await tx.run('delete from coverage.daily_count where day = $1', [day])
  await tx.run('delete from coverage.registered where day = $1', [day])
}

/**
 * Counts the cover of one day: each person once for each programme (best state, then lowest membership), and once altogether. Numbers that
 * were merged count as the person they lead to.
 * `groupFact` is the fact of the profile that names a group counted apart; `ungrouped` are its values that name none.
 */
export async function countDay(
  tx: Tx,
  day: Day,
  groupFact: string,
  ungrouped: readonly string[],
): Promise<{ registered: bigint; active: bigint }> {
  const [counted] = await tx.query<{ registered: bigint; active: bigint }>(
    `with merged as materialized (
       select p.person_id as merged_id, d.person_id from (select distinct merged_id from registry.merge where merged_id is not null) m
       join registry.person p on p.person_id = m.merged_id join registry.member_directory d on d.member_number = p.member_number and d.person_id <> p.person_id
     ),
     cover as materialized (
       select coalesce(g.person_id, c.person_id) as person_id, c.person_id as under, c.ordinal, c.segment, c.payer_kind, c.programme, c.state,
         case c.state when 'covered' then 1 when 'covered, contribution outstanding' then 2 when 'employer pays first' then 3 else 4 end as rank
       from contributions.cover_on($1::date) c left join merged g on g.merged_id = c.person_id
     ),
     counted as (
       select * from (select distinct on (person_id, programme) person_id, under, ordinal, segment, payer_kind, programme, state from cover order by person_id, programme, rank, ordinal) by_programme
       union all
       select person_id, under, ordinal, segment, payer_kind, case when rank <= 2 then '' else '-' end, state
       from (select distinct on (person_id) * from cover order by person_id, rank > 2, case when rank <= 2 then ordinal end, rank, ordinal) whole
     ),
     grouped as (
       select f.person_id, f.ordinal, p.facts ->> $2 as employer_group from contributions.membership_fact f join contributions.profile p using (profile_id)
       where f.from_day <= $1 and (f.until_day is null or f.until_day > $1) and p.facts ->> $2 <> all ($3::text[])
     ),
     daily as (
       insert into coverage.daily_count (day, region_code, segment, payer_kind, employer_group, programme, state, members)
       select $1, r.parent_code, c.segment, c.payer_kind, coalesce(g.employer_group, ''), c.programme, c.state, count(*)
       from counted c join registry.person p using (person_id) join registry.region r using (region_code) left join grouped g on g.person_id = c.under and g.ordinal = c.ordinal
       group by 2, 3, 4, 5, 6, 7
     ),
     registered as (
       insert into coverage.registered (day, region_code, persons, active)
       select $1, p.region_code, count(*), count(c.person_id)
       from registry.person p left join counted c on c.person_id = p.person_id and c.programme = ''
       where p.registered_on <= $1 and not exists (select from merged g where g.merged_id = p.person_id) group by p.region_code
       returning persons, active
     )
     select coalesce(sum(persons), 0)::bigint as registered, coalesce(sum(active), 0)::bigint as active from registered`,
    [day, groupFact, ungrouped],
  )
  return counted ?? { registered: 0n, active: 0n }
}

/**
 * The figures of a month: rows of its issued bills and premiums (computed), the bills (billed), what the ledger holds of them (booked),
 * and what was paid (collected). By segment, and altogether under ''. Fines and the State's share are not contributions; they are counted
 * beside them, with all bills and all transfers of the month, by the same sums as the control's. So is what takes a waived fine or a debt
 * that was written off from a bill: it changes neither what the months cost nor what was paid for them.
 */
export async function countMonth(tx: Tx, month: number, asOf: Day): Promise<void> {
  for (const table of ['month_figure', 'month_bills']) await tx.run(`delete from coverage.${table} where month = $1`, [month])
  await tx.run(
    `with ended as materialized (
       select w.payer_id, w.counter_id from contributions.counter_bill w where w.kind in ('fine-waiver', 'write-off')
     ),
     bill as materialized (
       select payer_id, bill_id, employer + worker + correction as billed, case when paid_on is not null then employer + worker + correction else 0 end as collected
       from contributions.bill where month = $1 and state <> 'calculated' and kind in ('month', 'supplement', 'contract', 'correction', 'split')
         and not (kind = 'correction' and (payer_id, bill_id) in (select payer_id, counter_id from ended))
     ),
     booked as (
       select payer_id, source_id as bill_id, sum(${billedAmount})::bigint as booked
       from ledger.transfer where month = $1 and reason in ('contribution', 'premium', 'correction')
         and not (reason = 'correction' and (payer_id, source_id) in (select payer_id, counter_id from ended)) group by payer_id, source_id
     ),
     part as materialized (
       select c.bill_id, m.segment, false as premium, sum(case when c.entry % 2 = 0 then c.employer + c.worker else -c.employer - c.worker end)::bigint as computed
       from contributions.contribution c join registry.membership m using (person_id, ordinal)
       where c.month = $1 and not exists (select from contributions.bill b where b.payer_id = c.bill_id >> 20 and b.bill_id = c.bill_id and b.state = 'calculated')
       group by c.bill_id, m.segment
       union all
       select p.bill_id, c.segment, true, p.employer + p.worker from contributions.premium_part p join contributions.premium_contract c using (payer_id, contract_id)
       where p.month = $1 and exists (select from contributions.bill b where b.payer_id = p.payer_id and b.bill_id = p.bill_id)
     ),
     share as (
       select p.segment, p.computed, b.billed, k.booked, b.collected, sum(p.computed) over (partition by p.bill_id) as whole
       from part p left join bill b on b.bill_id = p.bill_id left join booked k on k.bill_id = p.bill_id
     ),
     whole as materialized (
       select coalesce(sum(correction), 0) as corrections, coalesce(sum(total), 0) as billed, coalesce(sum(total) filter (where paid_on is not null), 0) as collected,
         coalesce(sum(state_part) filter (where (select count(*) from contributions.bill where month = $1 and kind = 'state') > 0), 0) as state_share
       from contributions.bill where month = $1 and state <> 'calculated'
     ),
     bills as (
       insert into coverage.month_bills (month, contributions, premiums, fines, state_share, billed, booked, collected, as_of)
       select $1, coalesce((select sum(computed) from part where not premium), 0) + w.corrections
           + coalesce((select sum(i.amount) from contributions.deferral_instalment i join contributions.bill b using (payer_id, bill_id) where b.month = $1), 0), coalesce((select sum(computed) from part where premium), 0),
         coalesce((select sum(f.amount) from contributions.fine f join contributions.bill b on b.payer_id = f.payer_id and b.bill_id = f.on_bill_id where b.month = $1), 0),
         w.state_share, w.billed,
         coalesce((select sum(${billedAmount}) from ledger.transfer
           where month = $1 and reason in ('contribution', 'premium', 'fine', 'state-share', 'correction', 'deferred')), 0), w.collected, $2::date
       from whole w
     )
     insert into coverage.month_figure (month, segment, programme, computed, billed, booked, collected, as_of)
     select $1, segment, '', sum(computed)::bigint,
       sum(coalesce(round(billed * computed::numeric / nullif(whole, 0)), 0))::bigint,
       sum(coalesce(round(booked * computed::numeric / nullif(whole, 0)), 0))::bigint,
       sum(coalesce(round(collected * computed::numeric / nullif(whole, 0)), 0))::bigint, $2::date
     from share group by segment
     union all
     select $1, '', '', (select coalesce(sum(computed), 0)::bigint from part), (select coalesce(sum(billed), 0)::bigint from bill),
       (select coalesce(sum(booked), 0)::bigint from booked), (select coalesce(sum(collected), 0)::bigint from bill), $2::date`,
    [month, asOf],
  )
}

/** Months up to one whose figures may have changed since they were last made: open ones, and those with bills issued or paid since. */
export const changedMonths = (tx: Tx, latest: number): Promise<{ month: number }[]> =>
  tx.query(
    `select m.month from contributions.month m left join coverage.month_figure f on f.month = m.month and f.segment = '' and f.programme = ''
     where m.month <= $1 and (f.month is null or m.state = 'open' or exists (
       select from contributions.bill b where b.month = m.month and (b.issued_on >= f.as_of or b.paid_on >= f.as_of)))
     order by m.month`,
    [latest],
  )

export const countedDays = (tx: Tx): Promise<{ day: Day }[]> => tx.query('select distinct day from coverage.registered order by day')
export const countedMonths = (tx: Tx): Promise<{ month: number; as_of: Day }[]> =>
  tx.query(`select month, as_of from coverage.month_figure where segment = '' order by month`)

export async function forgetAll(tx: Tx): Promise<void> {
  for (const table of ['daily_count', 'registered', 'month_figure', 'month_bills']) await tx.run(`delete from coverage.${table}`)
}

/**
 * Keeps one number to try for each answer, with its answer on a day: of the numbers wished, then among so many candidates of those who lapsed (they can be
 * told what restores their cover), then of those covered longest. Only for a demonstration, whose members are nobody.
 */
export const keepExamples = (tx: Tx, day: Day, wished: readonly string[], candidates: number): Promise<number> =>
  tx.run(
    `with candidate as materialized (
       select member_number, person_id from registry.member_directory where member_number = any ($2::text[]) and not alias
       union
       (select member_number, person_id from registry.member_directory where not alias order by md5(member_number) limit $3)
     ),
     best as (
       select person_id, programme, min(case state when 'covered' then 1 when 'covered, contribution outstanding' then 2 when 'employer pays first' then 3 else 4 end) as rank,
         bool_or(reason = 'lapsed') as lapsed, min(since) as since
       from contributions.cover_on($1::date, array(select person_id from candidate)) group by person_id, programme
     ),
     answered as (
       select person_id, bool_or(lapsed) as lapsed, min(since) as since,
         case when bool_and(rank = 4) then 'not covered' when bool_or(rank = 3) then 'employer pays first' when bool_or(rank = 2) then 'outstanding' else 'covered' end as answer
       from best group by person_id
     ),
     chosen as (
       select distinct on (a.answer) a.answer, c.member_number as number from answered a join candidate c using (person_id)
       order by a.answer, c.member_number = any ($2::text[]) desc, a.lapsed desc, a.since nulls last, c.member_number
     )
     insert into platform.setting (key, value)
     select 'examples', coalesce(jsonb_agg(jsonb_build_object('number', number, 'answer', answer) order by array_position(array['covered', 'outstanding', 'employer pays first', 'not covered'], answer)), '[]') from chosen
     on conflict (key) do update set value = excluded.value, at = now()`,
    [day, wished, candidates],
  )

/** Keeps what a demonstration nation was when it was created. */
export const keepNation = (tx: Tx, nation: Nation): Promise<number> =>
  tx.run(
    `insert into platform.setting (key, value) values ('nation', $1) on conflict (key) do update set value = excluded.value, at = now()`,
    [JSON.stringify(nation)],
  )
