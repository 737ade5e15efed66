// Who may be made an actor: somebody who acts for a person, organisation or office that is registered; staff belong to an office.
import { afterAll, beforeAll, expect, it, test } from 'vitest'
import { addActor, type NewActor } from '../../src/identity/index.ts'
import { askRegistered, headOffice } from '../../src/registry/index.ts'
import { readOffices } from '../../src/registry/scheme-store.ts'
import { type Served, serve } from './served.ts'

let served: Served
let number = ''
const known: { person: bigint; organisation: bigint; office: bigint } = { person: 0n, organisation: 0n, office: BigInt(headOffice) }
beforeAll(async () => {
  served = await serve('2026-07-01')
  const [person] = await served.persons(1)
  known.person = person?.personId ?? 0n
  number = person?.memberNumber ?? ''
  known.organisation = (await served.organisation({ kind: 'employer' })).organisationId
})
afterAll(() => served.close())

const nobody = 99_999_999_999n
test.each`
  who                             | kind              | named                       | code
  ${'staff without an office'}    | ${'staff'}        | ${{}}                       | ${'office-missing'}
  ${'staff of no office'}         | ${'staff'}        | ${{ office: 99_999n }}      | ${'office-unknown'}
  ${'staff of the head office'}   | ${'staff'}        | ${{ office: 0n }}           | ${null}
  ${'a member who is nobody'}     | ${'member'}       | ${{ person: nobody }}       | ${'person-unknown'}
  ${'a member'}                   | ${'member'}       | ${{ person: 0n }}           | ${null}
  ${'an organisation that is no'} | ${'organisation'} | ${{ organisation: nobody }} | ${'organisation-unknown'}
  ${'an organisation'}            | ${'organisation'} | ${{ organisation: 0n }}     | ${null}
  ${'a partner'}                  | ${'partner'}      | ${{}}                       | ${null}
  ${'a partner of no office'}     | ${'partner'}      | ${{ office: 99_999n }}      | ${'office-unknown'}
`('$who: $code', async ({ kind, named, code }) => {
  const id = (what: keyof typeof known): bigint | undefined => (named[what] === 0n ? known[what] : named[what])
  const role = kind === 'staff' ? 'officer' : kind
  const [personId, organisationId, officeId] = [id('person'), id('organisation'), id('office')]
  const asked: NewActor = {
    kind,
    role,
    name: 'Test',
    ...(personId === undefined ? {} : { personId }),
    ...(organisationId === undefined ? {} : { organisationId }),
    ...(officeId === undefined ? {} : { officeId }),
  }
  const done = await served.run((tx) => addActor(tx, asked, askRegistered))
  expect(done.ok ? null : done.refusal.code).toBe(code)
})

it('lists the offices, the head first, and staff of each see what it serves', async () => {
  const [head, ...branches] = await served.run(readOffices)
  expect(head).toMatchObject({ office_id: headOffice, kind: 'head' })
  const { rows } = await served.admin.query<{ n: number }>('select count(*)::integer as n from registry.region where level = $1', [
    'district',
  ])
  expect(branches.reduce((sum, { districts }) => sum + districts, 0)).toBe(rows[0]?.n)
  const officer = await served.actor({ kind: 'staff', role: 'officer', officeId: BigInt(headOffice) })
  expect((await served.get(officer, `/v1/members/${number}?why=test`)).status).toBe(200)
})
