// The generated files of the database say what the migrations make.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generateSchema } from '../../core/src/channels/write-schema.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

const root = path.resolve(import.meta.dirname, '../..')
let db: TestDatabase

beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

test('core/schema.sql and the table types are those of the migrations (payung schema write)', async () => {
  for (const { file, text } of await generateSchema(root, db.address))
    expect.soft(fs.readFileSync(path.join(root, file), 'utf8'), file).toBe(text)
})
