// The description of the API as a file, made from the contract alone: no database is needed.
import type { Platform } from '../platform/index.ts'
import { makeServer } from './server.ts'

export const openapiFile = 'api/openapi.json'

/** The text of api/openapi.json. */
export async function generateOpenapi(): Promise<string> {
  const server = await makeServer({ platform: {} as Platform, handlers: {} })
  try {
    await server.ready()
    return `${JSON.stringify(server.swagger(), null, 2)}\n`
  } finally {
    await server.close()
  }
}
