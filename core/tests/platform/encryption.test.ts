// What is encrypted opens with its key and for its row only, and a database without its key is refused.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { checkKey, encryptionWith, readEncryption } from '../../src/platform/encryption.ts'

const one = encryptionWith(Buffer.alloc(32, 1))
const two = encryptionWith(Buffer.alloc(32, 2))

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

test('what was encrypted comes back, and never looks the same twice', () => {
  const [first, second] = [one.encrypt('3173012345678901', 'person:1'), one.encrypt('3173012345678901', 'person:1')]
  expect(one.decrypt(first, 'person:1')).toBe('3173012345678901')
  expect(first.equals(second)).toBe(false)
  expect(first.includes('3173012345678901')).toBe(false)
})

test('another key, another row or a changed byte does not open it', () => {
  const bytes = one.encrypt('secret', 'person:1')
  const changed = Buffer.from(bytes)
  changed[bytes.length - 1] = (changed[bytes.length - 1] ?? 0) ^ 1
  expect(() => two.decrypt(bytes, 'person:1')).toThrow(/another key/)
  expect(() => one.decrypt(bytes, 'person:2')).toThrow()
  expect(() => one.decrypt(changed, 'person:1')).toThrow()
})

test('a keyed hash finds equal texts again, within one key and purpose', () => {
  expect(one.keyedHash('a', 'number')).toEqual(one.keyedHash('a', 'number'))
  expect(one.keyedHash('a', 'number')).not.toEqual(one.keyedHash('a', 'phone'))
  expect(one.keyedHash('a', 'number')).not.toEqual(two.keyedHash('a', 'number'))
})

test('the key file is made once, for its owner alone', () => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'payung-key-'))
  const [first, second] = [readEncryption({ key: undefined, home }), readEncryption({ key: undefined, home })]
  expect(second.keyId).toBe(first.keyId)
  expect(fs.statSync(path.join(home, 'key')).mode & 0o777).toBe(0o600)
  fs.writeFileSync(path.join(home, 'key'), 'nonsense')
  expect(() => readEncryption({ key: undefined, home })).toThrow(/does not hold 32 bytes/)
  fs.rmSync(home, { recursive: true })
})

test('a database opens with its own key only', async () => {
  await db.owner.query(`delete from platform.setting where key = 'key-id'`)
  const [right, wrong] = [encryptionWith(randomBytes(32)), encryptionWith(randomBytes(32))]
  await checkKey(db.owner, right)
  await checkKey(db.owner, right)
  await expect(checkKey(db.owner, wrong)).rejects.toThrow(
    new RegExp(`made with the key ${right.keyId}, and the key here is ${wrong.keyId}`),
  )
})
