// What changes after registration, on the command line: who pays (one, or a file with its bad rows named), an organisation, a duplicate.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commandOn } from '../../../tests/command.ts'
import { registerMemberships, roomWith } from '../../src/registry/index.ts'
import { freshLand, type Land } from './land.ts'

let land: Land
let run: ReturnType<typeof commandOn>
let folder: string
let sponsor: { organisationId: bigint; payerId: bigint }
let firm: typeof sponsor
let numbers: string[]

beforeAll(async () => {
  land = await freshLand()
  run = commandOn(land.platform, roomWith(land.pack).commands ?? [])
  folder = await mkdtemp(path.join(tmpdir(), 'payung-changes-'))
  sponsor = await land.organisation('sponsor')
  firm = await land.organisation('firm', { night_work: 'no' })
  numbers = (await land.persons([{}, {}, {}])).map(({ memberNumber }) => memberNumber ?? '')
  await land.run((tx) =>
    registerMemberships(tx, { pack: land.pack }, [
      { memberNumber: numbers[0] ?? '', segment: 'solo', from: '2026-01-01' },
      { memberNumber: numbers[1] ?? '', segment: 'solo', from: '2026-01-01' },
      { memberNumber: numbers[2] ?? '', segment: 'employee', organisationId: firm.organisationId, base: '100', from: '2026-10-01' },
    ]),
  )
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await land.close()
})

const told = async (line: string[]): Promise<string> => {
  const done = await run(...line)
  return done.ok ? done.value.lines.join('\n') : done.refusal.code
}
const payersOf = async (number: string) =>
  (
    await land.admin.query<{ from_day: string; until_day: string | null; kind: string }>(
      `select a.from_day, a.until_day, p.kind from registry.arrangement a join registry.payer p using (payer_id)
       join registry.person n on n.person_id = a.person_id where member_number = $1 order by from_day`,
      [number],
    )
  ).rows.map((row) => [row.from_day, row.until_day, row.kind])

it('a sponsor pays from a day on, and the member again from another', async () => {
  const member = numbers[0] ?? ''
  expect(await told(['payer', 'change', member, '--to', String(sponsor.payerId), '--from', '2026-03-01'])).toBe(
    `From 2026-03-01 on payer ${sponsor.payerId} pays.`,
  )
  expect(await told(['payer', 'change', member, '--to', 'self', '--from', '2026-06-01'])).toBe('From 2026-06-01 on the member pays alone.')
  expect(await payersOf(member)).toEqual([
    ['2026-01-01', '2026-03-01', 'self'],
    ['2026-03-01', '2026-06-01', 'sponsor'],
    ['2026-06-01', null, 'self'],
  ])
})

it.each`
  line                                                                | code
  ${'payer change'}                                                   | ${'wrong-usage'}
  ${'payer change 1 --to 1 --from 2026-09-01'}                        | ${'member-number-mistyped'}
  ${'payer change M --to x --from 2026-09-01'}                        | ${'wrong-number'}
  ${'payer change M --to 99 --from 2026-09-01'}                       | ${'payer-unknown'}
  ${'payer change M --to self --from soon'}                           | ${'wrong-first-day'}
  ${'payer change M --to self --from 2026-09-01 --membership 7'}      | ${'membership-unknown'}
  ${'payer change --file nowhere.csv'}                                | ${'wrong-usage'}
  ${'organisation change 1 --from 2026-11-03 --fact night'}           | ${'wrong-usage'}
  ${'organisation change x --from 2026-11-03 --fact night_work=yes'}  | ${'wrong-usage'}
  ${'organisation change 99 --from 2026-11-03 --fact night_work=yes'} | ${'organisation-unknown'}
  ${'organisation change F --from 2026-02-30 --fact night_work=yes'}  | ${'wrong-first-day'}
`('$line is refused with $code', async ({ line, code }: { line: string; code: string }) => {
  const filled = line.replaceAll('M', numbers[1] ?? '').replace('F', String(firm.organisationId))
  expect(await told(filled.split(' '))).toBe(code)
})

it('a payer of a kind that pays no contributions is refused', async () => {
  const facts = land.pack.facts.map((fact) => (fact.code === 'payer' ? { ...fact, choices: ['firm', 'self'] } : fact))
  const strict = commandOn(land.platform, roomWith({ ...land.pack, facts }).commands ?? [])
  const done = await strict('payer', 'change', numbers[1] ?? '', '--to', String(sponsor.payerId), '--from', '2026-09-01')
  expect(done).toMatchObject({ ok: false, refusal: { code: 'payer-cannot-pay' } })
})

it('a file changes its good rows and names the bad ones by line and column', async () => {
  const file = path.join(folder, 'payers.csv')
  const head = 'member_number,membership,payer,from'
  const rows = [`${numbers[1]},1,${sponsor.payerId},2026-04-01`, `${numbers[1]},first,,2026-05-01`, `${numbers[0]},1,9999,2026-08-01`]
  await writeFile(file, [head, ...rows].join('\n'))
  const done = await run('payer', 'change', '--file', file)
  expect(done).toMatchObject({
    ok: true,
    value: {
      value: {
        changed: 1,
        refused: [
          { row: 3, column: 'membership', given: 'first' },
          { row: 4, column: 'payer', given: '9999' },
        ],
      },
    },
  })
  expect((await payersOf(numbers[1] ?? '')).at(-1)).toEqual(['2026-04-01', null, 'sponsor'])
  await writeFile(file, 'member_number,from\n')
  expect(await run('payer', 'change', '--file', file)).toMatchObject({
    ok: false,
    refusal: { data: { missing: 'membership, payer' } },
  })
})

it('an organisation changes from a day on, for its memberships', async () => {
  const line = ['organisation', 'change', String(firm.organisationId), '--from', '2026-11-03', '--fact', 'night_work=yes']
  expect(await told(line)).toBe('From 2026-11-03 on it holds for 1 memberships.')
  expect(await told(line)).toBe('facts-too-early')
})
