// What the environment may say, read once and checked. Everything has a default: `npm start` needs no setting.
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { Trouble } from './trouble.ts'

export type Configuration = {
  /** The clone's root folder. */
  readonly root: string
  /** Where this installation keeps what is its own: database, key, unpacked tools. */
  readonly home: string
  /** A PostgreSQL of one's own; absent: the embedded one. */
  readonly databaseUrl: string | undefined
  /** The password of our three logins in a PostgreSQL of one's own; absent: derived from the key. */
  readonly databasePassword: string | undefined
  /** The HTTP port asked for; absent: 3000, or the next free one. */
  readonly port: number | undefined
  readonly host: string
  /** Addresses and networks of the proxies whose word on the caller's address is taken; empty: nobody's. */
  readonly proxies: readonly string[]
  /** The encryption key in base64 (32 bytes); absent: a file in the home folder. */
  readonly key: string | undefined
  /** The country pack: the name of one that ships with Payung, or a folder. */
  readonly pack: string
  readonly debug: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

const root = path.resolve(import.meta.dirname, '../../..')

function portOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 0 && port <= 65_535) return port
  throw new Trouble(`PORT is "${text}", which is not a port number.`, 'Set PORT to a whole number from 1 to 65535, or leave it out.')
}

/** Whether a text is an address, or a network such as 10.0.0.0/8. A network of everybody is refused: it would believe anybody. */
function isNetwork(text: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const longest = { 0: 0, 4: 32, 6: 128 }[net.isIP(address)] ?? 0
  return longest > 0 && (bits === undefined || (Number(bits) > 0 && Number(bits) <= longest))
}

function proxiesOf(text: string | undefined): string[] {
  const proxies = (text ?? '').split(/[\s,]+/).filter((part) => part !== '')
  const wrong = proxies.find((proxy) => !isNetwork(proxy))
  if (wrong === undefined) return proxies
  throw new Trouble(
    `PAYUNG_PROXIES names "${wrong}", which is not the address or network of a proxy.`,
    'Name the proxies before Payung, for instance PAYUNG_PROXIES=127.0.0.1,10.2.0.0/16; leave it out when there is none.',
  )
}

function databaseUrlOf(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  if (/^postgres(ql)?:\/\//.test(text)) return text
  throw new Trouble(
    'DATABASE_URL does not begin with postgres:// or postgresql://.',
    'Write it as postgres://user:password@host:5432/database, or leave it out to use the embedded database.',
  )
}

function keyOf(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  if (Buffer.from(text, 'base64').length === 32) return text
  throw new Trouble('PAYUNG_KEY is not 32 bytes in base64.', 'Make one with: openssl rand -base64 32')
}

/** The pack that the root package.json names: no code names a country. */
function defaultPack(): string {
  const { payung } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { payung: { pack: string } }
  return payung.pack
}

/** Reads the environment; a wrong setting is a Trouble that names the variable and the remedy. */
export function readConfiguration(environment: Environment = process.env): Configuration {
  return {
    root,
    home: path.resolve(environment.PAYUNG_HOME || path.join(root, '.payung')),
    databaseUrl: databaseUrlOf(environment.DATABASE_URL),
    databasePassword: environment.PAYUNG_DATABASE_PASSWORD || undefined,
    port: portOf(environment.PORT),
    host: environment.HOST || '127.0.0.1',
    proxies: proxiesOf(environment.PAYUNG_PROXIES),
    key: keyOf(environment.PAYUNG_KEY),
    pack: environment.PAYUNG_PACK || defaultPack(),
    debug: Boolean(environment.PAYUNG_DEBUG),
  }
}
