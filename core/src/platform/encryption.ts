// What must not be read from a stolen disk is encrypted, and found again by a keyed hash. The key never stands in the database.
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { Configuration } from './configuration.ts'
import { Trouble } from './trouble.ts'

export type Encryption = {
  /** Names the key without giving it away: eight hexadecimal digits. */
  readonly keyId: string
  /** AES-256-GCM: key id (4 bytes), nonce (12), tag (16), then the text. `about` is bound in: moved to another row, it does not open. */
  encrypt(text: string, about?: string): Buffer
  /** Throws when the key, the bytes or `about` are not those it was made with. */
  decrypt(bytes: Uint8Array, about?: string): string
  /** HMAC-SHA-256 of a text, to find it again; equal texts give equal hashes within one `purpose`. */
  keyedHash(text: string, purpose?: string): Buffer
  /** A secret derived from the key, for instance the password of a login. */
  secret(purpose: string): string
}

/** The functions of one key of 32 bytes. Encryption, hashes and secrets each use a key derived for them. */
export function encryptionWith(key: Uint8Array): Encryption {
  if (key.length !== 32) throw new RangeError('the key has 32 bytes')
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, 'payung', purpose, 32))
  const cipherKey = derive('encrypt')
  const hashKey = derive('keyed hash')
  const id = createHash('sha256').update(derive('id')).digest().subarray(0, 4)
  return {
    keyId: id.toString('hex'),
    encrypt: (text, about = '') => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce).setAAD(Buffer.concat([id, Buffer.from(about)]))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([id, nonce, cipher.getAuthTag(), body])
    },
    decrypt: (bytes, about = '') => {
      const all = Buffer.from(bytes)
      if (!all.subarray(0, 4).equals(id)) throw new Error(`encrypted with another key (${all.subarray(0, 4).toString('hex')})`)
      const decipher = createDecipheriv('aes-256-gcm', cipherKey, all.subarray(4, 16))
        .setAAD(Buffer.concat([id, Buffer.from(about)]))
        .setAuthTag(all.subarray(16, 32))
      return Buffer.concat([decipher.update(all.subarray(32)), decipher.final()]).toString('utf8')
    },
    keyedHash: (text, purpose = '') => createHmac('sha256', hashKey).update(`${purpose}\u0000${text}`).digest(),
    secret: (purpose) => derive(`secret ${purpose}`).toString('base64url'),
  }
}

/** The key of this installation: PAYUNG_KEY, else the file `key` in its home, which is made on the first start. */
export function readEncryption({ key, home }: Pick<Configuration, 'key' | 'home'>): Encryption {
  if (key !== undefined) return encryptionWith(Buffer.from(key, 'base64'))
  const file = path.join(home, 'key')
  fs.mkdirSync(home, { recursive: true })
  try {
    // Made whole or not at all, and never over one that is there.
    fs.writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!fs.existsSync(file))
      throw new Trouble(`The key file ${file} cannot be written.`, 'Check who owns that folder, or set PAYUNG_KEY.', { cause: error })
  }
  const bytes = Buffer.from(fs.readFileSync(file, 'utf8').trim(), 'base64')
  if (bytes.length !== 32)
    throw new Trouble(`The key file ${file} does not hold 32 bytes in base64.`, 'Put the right file back, or set PAYUNG_KEY.')
  return encryptionWith(bytes)
}

type Settings = { query(text: string, values?: unknown[]): Promise<{ rows: { value: unknown }[] }> }

/** Writes the key's id into a new database, and refuses one that another key belongs to: its numbers could neither be read nor found. */
export async function checkKey(owner: Settings, { keyId }: Encryption): Promise<void> {
  await owner.query(`insert into platform.setting (key, value) values ('key-id', to_jsonb($1::text)) on conflict (key) do nothing`, [keyId])
  const { rows } = await owner.query(`select value from platform.setting where key = 'key-id'`)
  if (rows[0]?.value === keyId) return
  throw new Trouble(
    `This database was made with the key ${String(rows[0]?.value)}, and the key here is ${keyId}.`,
    'Set PAYUNG_KEY to that key, or put its file back as "key" in the home folder (.payung).',
  )
}
