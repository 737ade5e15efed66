// The committed description of the API is that of the contract.
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { generateOpenapi, openapiFile } from '../../core/src/channels/write-openapi.ts'

test('api/openapi.json is that of the contract (payung openapi write)', async () => {
  expect(fs.readFileSync(path.resolve(import.meta.dirname, '../..', openapiFile), 'utf8')).toBe(await generateOpenapi())
})
