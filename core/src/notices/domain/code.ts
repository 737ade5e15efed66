// The code of a letter: 128 bits, written in letters and digits that nobody mistakes for another, in groups that can be typed.
import { createHash } from 'node:crypto'

/** Crockford's base 32: no I, L, O, U. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const length = 26
const written = new RegExp(`^[${alphabet}]{${length}}$`)

/** The first 128 bits of some bytes as 26 characters. */
export function codeOf(bytes: Uint8Array): string {
  let number = BigInt(`0x${Buffer.from(bytes.subarray(0, 16)).toString('hex')}`)
  let code = ''
  for (let place = 0; place < length; place++) {
    code = alphabet.charAt(Number(number & 31n)) + code
    number >>= 5n
  }
  return code
}

/** As printed: groups of five, and six at the end, joined by hyphens, which an address may hold. */
export const printedCode = (code: string): string => code.replaceAll(/(.{5})(?=.{5})/g, '$1-')

/** What somebody typed as a code, or undefined where it cannot be one: capitals, spaces, and the letters that look like digits are forgiven. */
export function parseCode(typed: string): string | undefined {
  const plain = typed.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1')
  return written.test(plain) ? plain : undefined
}

/** What the database keeps of a code. */
export const hashOf = (code: string): Buffer => createHash('sha256').update(code).digest()
