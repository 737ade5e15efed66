// Who sent a payment, as the channel tells it: a name or an account. It is a person's datum, so it is kept encrypted, and a keyed hash
// beside it finds what the same sender sent before, which is often how it is learned whose money without a code is.
import type { Encryption } from '../platform/index.ts'

/** `sealed` opens with the key of the installation; `key` is equal for equal senders, however they were written. */
export type Sender = { readonly sealed: Uint8Array; readonly key: Uint8Array }

/** The longest text of a sender that is kept, in characters. */
const longestSender = 140

/** One writing for all: of one case and width, without dots, commas and doubled spaces. */
const plainSender = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s.,'"/-]+/g, ' ')
    .trim()

/** Undefined where nothing is told, or nothing but marks. */
export function sealSender({ encrypt, keyedHash }: Encryption, text: string | undefined): Sender | undefined {
  // What no screen shows is left out: it would only hide who it is.
  const shown = (text ?? '').replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').trim()
  const told = Array.from(new Intl.Segmenter().segment(shown), ({ segment }) => segment)
    .slice(0, longestSender)
    .join('')
  const plain = plainSender(told)
  return plain === '' ? undefined : { sealed: encrypt(told, 'sender'), key: keyedHash(plain, 'sender') }
}

export const openSender = ({ decrypt }: Encryption, sealed: Uint8Array | null): string | null =>
  sealed === null ? null : decrypt(sealed, 'sender')
