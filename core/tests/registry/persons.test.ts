// Persons: one number once, who sees whom, old numbers, files.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandOn } from '../../../tests/command.ts'
import { commandsOf } from '../../src/registry/commands.ts'
import { findMember, findPerson, mergePersons, readCsv, registerPersons } from '../../src/registry/index.ts'
import { freshLand, type Land, offices } from './land.ts'

let land: Land
beforeAll(async () => {
  land = await freshLand()
})
afterAll(() => land.close())

test('a row that is wrong is answered with its field, and the others are registered', async () => {
  const results = await land.persons([
    {},
    { name: '  ' },
    { born: '1990-02-30' },
    { born: '2027-01-01' },
    { sex: 'x' },
    { regionCode: '1' },
    { nationalNumber: '12341991' },
    { nationalNumber: '12341990' },
  ])
  expect(results.map(({ refusal }) => refusal?.data.field ?? 'done')).toEqual([
    'done',
    'name',
    'born',
    'born',
    'sex',
    'regionCode',
    'nationalNumber',
    'done',
  ])
  expect(results.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(JSON.stringify(results[6]?.refusal)).not.toContain('12341991')
})

test('a person known by the identity number is found: in the same set, later, and by two sets at once', async () => {
  const [first, second] = await land.persons([{ nationalNumber: '77771990' }, { name: 'Ana L.', nationalNumber: '77771990' }])
  expect([first?.existing, second?.existing]).toEqual([false, true])
  expect(second?.memberNumber).toBe(first?.memberNumber)
  const [later] = await land.persons([{ nationalNumber: '77771990' }])
  expect(later).toMatchObject({ existing: true, personId: first?.personId })
  const numbers = Array.from({ length: 20 }, (_, index) => ({ nationalNumber: `${5000 + index}1990` }))
  const sets = await Promise.all([land.persons(numbers), land.persons([...numbers].reverse()), land.persons(numbers)])
  const persons = new Set(sets.flat().map(({ personId }) => personId))
  expect(persons.size).toBe(20)
  expect(sets.flat().filter(({ existing }) => !existing)).toHaveLength(20)
})

test('the identity number stands nowhere in plain text', async () => {
  const [made] = await land.persons([{ nationalNumber: '42421990' }])
  const { rows } = await land.admin.query('select number_cipher from registry.person where person_id = $1', [made?.personId])
  const cipher: Buffer = rows[0].number_cipher
  expect(cipher.toString('latin1')).not.toContain('42421990')
  expect(land.platform.encryption.decrypt(cipher, `person:${made?.personId}`)).toBe('42421990')
  expect(() => land.platform.encryption.decrypt(cipher, 'person:1')).toThrow()
})

test('a look by somebody else is noted with its reason; one at oneself is not', async () => {
  const [made] = await land.persons([{ name: 'Bea Costa' }])
  const { personId, memberNumber } = { personId: made?.personId ?? 0n, memberNumber: made?.memberNumber ?? '' }
  const trail = async () =>
    (await land.admin.query('select actor, view, why from platform.access_trail where person_id = $1', [personId])).rows
  const own = await land.as({ kind: 'member', personId }, (tx) => findMember(tx, memberNumber, { view: 'member', why: '' }))
  expect(own).toMatchObject({ ok: true, value: { person: { name: 'Bea Costa' } } })
  expect(await trail()).toEqual([])
  await land.as({ actorId: 9n, officeId: offices.north }, (tx) =>
    findMember(tx, memberNumber, { view: 'member', why: 'asked at the desk' }),
  )
  expect(await trail()).toEqual([{ actor: 9n, view: 'member', why: 'asked at the desk' }])
})

test('who sees a member: the head office, the office of the district, the member; nobody else', async () => {
  const [made] = await land.persons([{}])
  const number = made?.memberNumber ?? ''
  const sees = async (actor: Parameters<Land['as']>[0]) =>
    (await land.as(actor, (tx) => findMember(tx, number, { view: 'member', why: 'test' }))).ok
  expect(await sees({ officeId: offices.head })).toBe(true)
  expect(await sees({ officeId: offices.north })).toBe(true)
  expect(await sees({ officeId: offices.south })).toBe(false)
  expect(await sees({ kind: 'member', personId: made?.personId ?? null })).toBe(true)
  expect(await sees({ kind: 'member', personId: 999_999n })).toBe(false)
  expect(await sees({ kind: 'partner' })).toBe(false)
})

test('a mistyped number says what is wrong with it', async () => {
  const [made] = await land.persons([{}])
  const number = made?.memberNumber ?? ''
  const swapped = number.slice(0, 10) + String((Number(number[10]) + 1) % 10)
  const why = async (text: string) => {
    const found = await land.run((tx) => findPerson(tx, text))
    return found.ok ? 'found' : found.refusal.data.wrong
  }
  expect(await why(`${number.slice(0, 4)} ${number.slice(4, 8)} ${number.slice(8)}`)).toBe('found')
  expect(await why(swapped)).toBe('check-digit')
  expect(await why('123')).toBe('length')
  expect(await why('ABC')).toBe('letters')
})

test('merging points the old number to the one who stays, and the identity number too; nothing moves', async () => {
  const [old, stays] = await land.persons([{ name: 'Old Entry', nationalNumber: '88881990' }, { name: 'New Entry' }])
  const merge = { alias: old?.memberNumber ?? '', into: stays?.memberNumber ?? '', reason: 'same card', consent: 'at the desk' }
  expect(await land.run((tx) => mergePersons(tx, land.pack, merge))).toMatchObject({ ok: true, value: { personId: stays?.personId } })
  const found = await land.run((tx) => findMember(tx, merge.alias, { view: 'member', why: 'test' }))
  expect(found).toMatchObject({ ok: true, value: { person: { memberNumber: merge.into }, aliases: [merge.alias] } })
  const [again] = await land.persons([{ nationalNumber: '88881990' }])
  expect(again).toMatchObject({ existing: true, personId: stays?.personId })
  expect(await land.run((tx) => mergePersons(tx, land.pack, merge))).toMatchObject({ ok: false, refusal: { code: 'same-person' } })
  expect((await land.admin.query('select name from registry.person where person_id = $1', [old?.personId])).rows).toEqual([
    { name: 'Old Entry' },
  ])
})

test('an office registers a person, and a member without an office does not', async () => {
  const register = (actor: Parameters<Land['as']>[0]) =>
    land.as(actor, (tx) =>
      registerPersons(tx, { pack: land.pack, encryption: land.platform.encryption }, [
        { name: 'Carla Dias', born: '1980-01-01', sex: 'female', regionCode: '2.1' },
      ]),
    )
  expect((await register({ officeId: offices.north }))[0]?.memberNumber).toMatch(/^\d{11}$/)
  await expect(register({ kind: 'member', personId: 1n })).rejects.toThrow(/row-level security/)
})

test('a file of values is read with quotes, semicolons and any line end', () => {
  expect(readCsv('\ufeffname;born\r\n"Silva; Ana";1990-01-01\r\n\r\n"She said ""no""";x').rows).toEqual([
    { line: 2, cells: { name: 'Silva; Ana', born: '1990-01-01' } },
    { line: 4, cells: { name: 'She said "no"', born: 'x' } },
  ])
  expect(readCsv('a,b\n"two\nlines",1\nz,2').rows.map(({ line }) => line)).toEqual([2, 4])
})

test('a file with bad rows: the good ones are taken, the bad ones stand in a file to correct, and the command says refused', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'payung-persons-'))
  const file = path.join(folder, 'people.csv')
  fs.writeFileSync(file, 'name,born,sex,region,national_number\n"Dias, Ana",1990-01-01,female,2.1,\n"Silva, Rui",1990-02-31,male,2.1,\n')
  const register = commandOn(land.platform, commandsOf(land.pack))
  const first = await register('register', 'persons', file)
  const kept = path.join(folder, 'people.refused.csv')
  expect(first).toMatchObject({ ok: true, value: { refused: true, value: { registered: 1, refusedFile: kept } } })
  const text = fs.readFileSync(kept, 'utf8')
  expect(text).toMatch(/^name,born,sex,region,national_number,refused\n"Silva, Rui",1990-02-31,male,2.1,,born: /)
  fs.writeFileSync(kept, text.replace('1990-02-31', '1990-02-28'))
  const second = await register('register', 'persons', kept)
  expect(second).toMatchObject({ ok: true, value: { value: { registered: 1, refused: [] } } })
  expect(second.ok && second.value.refused).toBeFalsy()
  fs.rmSync(folder, { recursive: true })
})
