// The code that is printed on a letter. It is made from the installation's key, the letter and its turn, so that only its hash is kept and
// the letter printed twice bears the same one; a new turn ends it, when a letter went astray.
import type { Law } from '@payung/law'
import type { Encryption, Tx } from '../../platform/index.ts'
import { codeOf, hashOf } from '../domain/code.ts'
import type { Letter } from '../domain/letter.ts'
import { addCode, lastTurn } from '../store/read-letters.ts'

const codeFor = (encryption: Encryption, letterId: bigint, turn: number): string =>
  codeOf(encryption.keyedHash(`${letterId} ${turn}`, 'code of a letter'))

async function makeCode(tx: Tx, law: Law, encryption: Encryption, letter: Letter, turn: number): Promise<string> {
  const code = codeFor(encryption, letter.letterId, turn)
  await addCode(tx, letter, turn, hashOf(code), tx.today(law.pack.timeZone))
  return code
}

/** The code that holds, made at the first print. */
export async function codeOfLetter(tx: Tx, law: Law, encryption: Encryption, letter: Letter): Promise<string> {
  const turn = await lastTurn(tx, letter.letterId)
  return turn === 0 ? makeCode(tx, law, encryption, letter, 1) : codeFor(encryption, letter.letterId, turn)
}

/** Ends the code that holds; gives the turn of the new one. */
export async function renewCode(tx: Tx, law: Law, encryption: Encryption, letter: Letter): Promise<number> {
  const turn = (await lastTurn(tx, letter.letterId)) + 1
  await makeCode(tx, law, encryption, letter, turn)
  return turn
}
