// Writes the two generated files of the database: core/schema.sql for readers, core/src/platform/schema.ts for the compiler.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { type Address, addressIn, connectionTo } from '../platform/database.ts'
import { encryptionWith } from '../platform/encryption.ts'
import type { Configuration, Progress } from '../platform/index.ts'
import { prepareDatabase } from '../platform/open-platform.ts'
import { startPostgres } from '../platform/postgres/start.ts'
import { printSchema } from '../platform/schema-printer.ts'
import { Trouble } from '../platform/trouble.ts'

export const schemaFile = 'core/schema.sql'
export const typesFile = 'core/src/platform/schema.ts'

const urlOf = (address: Address): string => {
  const { host, port, user, password } = connectionTo(address, 'admin')
  const who = `${user}${typeof password === 'string' ? `:${encodeURIComponent(password)}` : ''}`
  return host?.startsWith('/')
    ? `postgres://${who}@localhost/${address.database}?host=${encodeURIComponent(host)}&port=${port}`
    : `postgres://${who}@${host}:${port}/${address.database}`
}

/** The types of all tables of a migrated database, as TypeScript. Needs the tools that `npm test` installs. */
export function generateTypes(root: string, address: Address): string {
  const program = path.join(root, 'node_modules', 'kysely-codegen', 'dist', 'cli', 'bin.js')
  if (!fs.existsSync(program))
    throw new Trouble(
      'The types are written by a tool that running does not need, and it is not installed.',
      'Run npm test once, then try again.',
    )
  const made = spawnSync(
    process.execPath,
    [
      program,
      '--print',
      '--dialect=postgres',
      '--camel-case=false',
      '--date-parser=string',
      '--numeric-parser=string',
      '--exclude-pattern=graphile_worker.*',
      '--log-level=error',
      `--url=${urlOf(address)}`,
      '--type-mapping={"int8":"bigint","interval":"string"}',
    ],
    { cwd: root, encoding: 'utf8', env: { PATH: process.env.PATH } },
  )
  if (made.status !== 0) throw new Error(`the types could not be generated: ${made.stderr || made.stdout}`)
  return `// The tables as TypeScript. Written by \`payung schema write\` from the migrations; never edited.\n${made.stdout.slice(Math.max(0, made.stdout.indexOf('import')))}`
}

/** The text of both files for a database that has had all migrations. */
export async function generateSchema(root: string, address: Address): Promise<{ file: string; text: string }[]> {
  const client = new pg.Client(connectionTo(address, 'admin'))
  await client.connect()
  try {
    return [
      { file: schemaFile, text: await printSchema(client) },
      { file: typesFile, text: generateTypes(root, address) },
    ]
  } finally {
    await client.end()
  }
}

/** Migrates a new database in a cluster made for the purpose, and writes both files from it. */
export async function writeSchema({ root, home }: Configuration, progress: Progress): Promise<string[]> {
  const place = path.join(home, `schema-${randomBytes(3).toString('hex')}`)
  const server = await startPostgres(place, 'writing the schema', { fsync: 'off' })
  try {
    const address = addressIn(server.cluster, 'payung_schema')
    await prepareDatabase(address, encryptionWith(randomBytes(32)), (name, done, total) => progress.step(name, done, total))
    const written = await generateSchema(root, address)
    for (const { file, text } of written) fs.writeFileSync(path.join(root, file), text)
    return written.map(({ file }) => file)
  } finally {
    await server.stop()
    for (const folder of [place, server.home]) fs.rmSync(folder, { recursive: true, force: true })
  }
}
