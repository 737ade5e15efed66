// SQL of what rows say of each other and of what is known already: each check is one statement that adds a fault for every row it finds.
import { memberNumber } from '@payung/values'
import type { Encryption, Tx } from '../../platform/index.ts'
import { drawIds } from '../../registry/index.ts'

type Comparison = {
  readonly file: string
  readonly column: string
  readonly reason: string
  readonly next: string
  readonly finds: string
  /** A file of which each row must have been good: else what is missing there may only be a row that was wrong. */
  readonly needs?: string
}

/** Every old number of the folder: those of persons, and their further ones. */
const allNumbers = `(select 'persons.csv' as file, line, 'old_number' as col, old_number as number from staging.takeover_persons
  union all select 'numbers.csv', line, 'other_number', other_number from staging.takeover_numbers)`
const payers = `(select organisation, kind from staging.takeover_organisations
  union all select o.old_number, p.kind from takeover.organisation_number o join registry.payer p using (organisation_id))`
const overlapping = `daterange(a.from_day, a.until_day) && daterange(b.from_day, b.until_day)
  and (a.programmes = '' or b.programmes = '' or string_to_array(a.programmes, ',') && string_to_array(b.programmes, ','))`

/** `finds` gives line and value; where it gives `file` and `col` too, they stand instead of those here. */
const comparisons: readonly Comparison[] = [
  {
    file: 'persons.csv',
    column: 'national_number',
    reason: 'The same identity number stands in an earlier row.',
    next: 'Keep one row for the person, and put the other old number into numbers.csv.',
    finds: `select line, '' as value from (select line, row_number() over (partition by number_hash order by line) as turn from staging.takeover_persons
      where number_hash in (select number_hash from staging.takeover_persons where number_hash is not null group by 1 having count(*) > 1)) r where turn > 1`,
  },
  {
    file: 'persons.csv',
    column: 'born',
    reason: 'The person known by this identity number was born on another day or is of the other sex.',
    next: 'Compare with the identity card, and correct the row or the person who is known.',
    finds: `select p.line, p.born::text as value from staging.takeover_persons p join registry.number_directory d using (number_hash)
      join registry.person k on k.person_id = d.person_id where k.born <> p.born or k.sex <> p.sex`,
  },
  {
    file: 'numbers.csv',
    column: 'old_number',
    reason: 'No row of persons.csv has this number.',
    next: 'Add the person, or correct the number.',
    needs: 'persons.csv',
    finds: `select n.line, n.old_number as value from staging.takeover_numbers n where not exists (select from staging.takeover_persons p where p.old_number = n.old_number)`,
  },
  {
    file: 'organisations.csv',
    column: 'organisation',
    reason: 'This number stands in an earlier row, or was taken over before.',
    next: 'Leave the row out.',
    finds: `select line, organisation as value from (select line, organisation, row_number() over (partition by organisation order by line) as turn from staging.takeover_organisations) r
      where turn > 1 or exists (select from takeover.organisation_number k where k.old_number = r.organisation)`,
  },
  {
    file: 'memberships.csv',
    column: 'old_number',
    reason: 'No member has this number.',
    next: 'Add the person to persons.csv, or correct the number.',
    needs: 'persons.csv',
    finds: `select line, old_number as value from staging.takeover_members where person_id is null`,
  },
  ...(['organisation', 'payer'] as const).map((column) => ({
    file: 'memberships.csv',
    column,
    reason: 'No organisation has this number.',
    next: 'Add it to organisations.csv, or correct the number.',
    needs: 'organisations.csv',
    finds: `select m.line, m.${column} as value from staging.takeover_memberships m where m.${column} is not null and not exists (select from ${payers} o where o.organisation = m.${column})`,
  })),
  {
    file: 'memberships.csv',
    column: 'payer',
    reason: 'An organisation of this kind does not pay contributions.',
    next: 'Name another payer.',
    finds: `select m.line, coalesce(m.payer, m.organisation) as value from staging.takeover_memberships m join ${payers} o on o.organisation = coalesce(m.payer, m.organisation) where o.kind <> all ($1::text[])`,
  },
  ...(['organisation', 'payer'] as const).map((column) => ({
    file: 'memberships.csv',
    column,
    reason: 'This organisation was closed, and the membership goes on after that day.',
    next: 'Give a last day before that, or have the employer opened again: payung requests reopen.',
    // Closings are few: where there are none, no membership is looked at.
    finds: `select m.line, m.${column} as value from staging.takeover_memberships m join takeover.organisation_number o on o.old_number = m.${column}
      join registry.payer p using (organisation_id) join registry.closing c using (payer_id)
      where (m.until_day is null or m.until_day > c.closed_on) and not exists (select from registry.reopening r where r.payer_id = c.payer_id and r.nth = c.nth)`,
  })),
  {
    file: 'memberships.csv',
    column: 'last_day',
    reason: 'The member is known and has died: nobody is a member after the day of death.',
    next: 'Give the day of death as the last day at the latest; a death reported by mistake is taken back first.',
    finds: `select m.line, coalesce((m.until_day - 1)::text, '') as value from staging.takeover_members m
      join (select bearer, max(died_on) as died_on from staging.takeover_known where died_on is not null group by bearer) k on k.bearer = m.person_id
      where m.until_day is null or m.until_day > k.died_on + 1`,
  },
  {
    file: 'memberships.csv',
    column: 'membership',
    reason: 'The same membership of this number stands in an earlier row.',
    next: 'Give each membership of a member a name of its own.',
    finds: `select line, membership as value from (select line, membership, row_number() over (partition by old_number, membership order by line) as turn from staging.takeover_memberships) r where turn > 1`,
  },
  {
    file: 'memberships.csv',
    column: 'from',
    reason: 'A membership begins after birth.',
    next: 'Check the first day and the day of birth.',
    finds: `select line, from_day::text as value from staging.takeover_members m where m.from_day <= m.born`,
  },
  {
    file: 'memberships.csv',
    column: 'from',
    reason: 'The member has another membership of this segment and employer at the same time, and both have a programme.',
    next: 'End the earlier one, or name different programmes in both.',
    finds: `with several as materialized (
        select * from staging.takeover_members where person_id in (select person_id from staging.takeover_members group by 1 having count(*) > 1))
      select distinct b.line, b.from_day::text as value from several a join several b
        on a.person_id = b.person_id and a.segment = b.segment and a.organisation is not distinct from b.organisation and a.line < b.line where ${overlapping}`,
  },
  {
    file: 'memberships.csv',
    column: 'from',
    reason: 'The member is registered already with a membership of this segment at the same time.',
    next: 'Leave the row out, or end the membership that is known.',
    finds: `select distinct b.line, b.from_day::text as value from staging.takeover_members b
      join staging.takeover_known k on k.bearer = b.person_id join registry.membership a on a.person_id = k.person_id
      left join takeover.organisation_number o on o.old_number = b.organisation
      where a.segment = b.segment and a.organisation_id is not distinct from o.organisation_id and ${overlapping}`,
  },
  {
    file: 'balances.csv',
    column: 'membership',
    reason: 'memberships.csv has no such membership of this number.',
    next: 'Add the membership, or correct the row.',
    needs: 'memberships.csv',
    finds: `select b.line, b.old_number || ' ' || b.membership as value from staging.takeover_balances b
      where not exists (select from staging.takeover_memberships m where m.old_number = b.old_number and m.membership = b.membership)`,
  },
  {
    file: 'balances.csv',
    column: 'day',
    reason: 'A membership has no balance of a day before it began.',
    next: 'Check the day and the first day of the membership.',
    // Balances mostly bear one day: only memberships that began after the earliest of them are looked at.
    finds: `select b.line, b.day::text as value from staging.takeover_memberships m join staging.takeover_balances b using (old_number, membership)
      where m.from_day > (select min(day) from staging.takeover_balances) and b.day < m.from_day`,
  },
  {
    file: 'balances.csv',
    column: 'day',
    reason: 'Nothing is added to a year whose statements are written.',
    next: 'Give the balance of a later day.',
    finds:
      'select line, day::text as value from staging.takeover_balances where extract(year from day + 1) <= (select max(year) from savings.closing)',
  },
  {
    file: 'balances.csv',
    column: 'programme',
    reason: 'The balance of this membership and programme stands in an earlier row.',
    next: 'Leave one of both out.',
    finds: `select line, programme as value from (select line, programme, row_number() over (partition by old_number, membership, programme order by line) as turn from staging.takeover_balances) r where turn > 1`,
  },
]

/**
 * Whose each membership will be: the person of the folder, one who is known by the identity number, or one whose number is known. Beside it
 * lies what is known of the latter two, who mostly are few: each with everybody whose number was merged into his, as `registry.persons_of_one` has it.
 */
async function layOutMembers(tx: Tx): Promise<void> {
  for (const name of ['members', 'known']) await tx.run(`drop table if exists staging.takeover_${name}`)
  await tx.run(
    `create table staging.takeover_members as
     with who as (
       select p.old_number as number, coalesce(d.person_id, p.person_id) as person_id, p.born, d.person_id is not null as known from staging.takeover_persons p left join registry.number_directory d using (number_hash)
     ), every as (
       select * from who union all select n.other_number, w.person_id, w.born, w.known from staging.takeover_numbers n join who w on w.number = n.old_number
     )
     select m.line, m.old_number, m.segment, m.organisation, m.programmes, m.from_day, m.until_day, coalesce(e.person_id, d.person_id) as person_id, coalesce(e.born, k.born) as born,
       coalesce(e.known, d.person_id is not null) as known
     from staging.takeover_memberships m left join every e on e.number = m.old_number
     left join registry.member_directory d on d.member_number = m.old_number and e.number is null
     left join registry.person k on k.person_id = d.person_id`,
  )
  await tx.run('analyze staging.takeover_members')
  await tx.run(
    `create table staging.takeover_known as
     select b.person_id as bearer, p.person_id, p.died_on from (select distinct person_id from staging.takeover_members where known) b
     join registry.member_directory d on d.person_id = b.person_id join registry.person p on p.member_number = d.member_number`,
  )
  await tx.run('analyze staging.takeover_known')
}

const addingFaults = (comparison: Omit<Comparison, 'finds'>, finds: string): string => {
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
  return `insert into staging.takeover_faults (file, line, col, value, reason, next)
    select ${quoted(comparison.file)}, f.line, ${quoted(comparison.column)}, f.value, ${quoted(comparison.reason)}, ${quoted(comparison.next)} from (${finds}) f`
}

async function compareNumbers(tx: Tx): Promise<void> {
  const add = (reason: string, next: string, finds: string): Promise<number> =>
    tx.run(
      `insert into staging.takeover_faults (file, line, col, value, reason, next) select f.file, f.line, f.col, f.number, $1, $2 from (${finds}) f`,
      [reason, next],
    )
  await add(
    'This old number stands in an earlier row.',
    'An old number leads to one person: keep one of the rows.',
    `select * from (select n.*, row_number() over (partition by number order by file desc, line) as turn from ${allNumbers} n
       where number in (select number from ${allNumbers} a group by 1 having count(*) > 1)) r where turn > 1`,
  )
  await add(
    'This number leads to a member already.',
    'Leave the row out if it is the same person; else ask who bears the number.',
    `select n.* from ${allNumbers} n join registry.member_directory d on d.member_number = n.number`,
  )
}

/** Adds a fault for every row that contradicts another one or what is known. `payerKinds` may pay contributions. */
export async function compareStaged(tx: Tx, payerKinds: readonly string[]): Promise<void> {
  await layOutMembers(tx)
  await compareNumbers(tx)
  const faulty = new Set((await tx.query<{ file: string }>('select distinct file from staging.takeover_faults')).map(({ file }) => file))
  for (const comparison of comparisons.filter(({ needs = '' }) => !faulty.has(needs)))
    await tx.run(addingFaults(comparison, comparison.finds), comparison.finds.includes('$1') ? [payerKinds] : [])
}

/**
 * An old number may look like a number that was just drawn for somebody else. The old one is on a card; the new one is drawn again,
 * until no two are the same.
 */
export async function redrawTaken(tx: Tx, encryption: Encryption): Promise<void> {
  for (;;) {
    const taken = await tx.query<{ place: bigint; person_id: bigint; number_cipher: Buffer | null }>(
      `select place, person_id, number_cipher from staging.takeover_persons p where member_number in (select number from ${allNumbers} n)
         or exists (select from registry.member_directory d where d.member_number = p.member_number) limit 50000`,
    )
    if (taken.length === 0) return
    const ids = await drawIds(tx, 'person_id', taken.length)
    const ciphers = taken.map(({ number_cipher, person_id }, index) =>
      number_cipher === null ? null : encryption.encrypt(encryption.decrypt(number_cipher, `person:${person_id}`), `person:${ids[index]}`),
    )
    await tx.run(
      `update staging.takeover_persons p set person_id = n.id, member_number = n.number, number_cipher = n.cipher
       from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bytea[]) as n (place, id, number, cipher) where p.place = n.place`,
      [taken.map(({ place }) => place), ids, ids.map(memberNumber), ciphers],
    )
  }
}
