// The payment code of a payer: "8", ten digits and a check digit, so that one mistyped digit names nobody instead of somebody else.
import { checkDigit } from '@payung/values'

/** @throws RangeError for a payer beyond ten digits. */
export function paymentCode(payerId: bigint): string {
  const body = `8${payerId.toString().padStart(10, '0')}`
  if (!/^8\d{10}$/.test(body)) throw new RangeError(`a payment code has ten digits for the payer; ${payerId} does not fit`)
  return body + checkDigit(body)
}

/** The payer of a typed code (spaces, dots and hyphens are allowed), or undefined when it is no code of ours. Whether that payer exists is another question. */
export function payerOfCode(text: string): bigint | undefined {
  const digits = text.replaceAll(/[\s.\-\u00a0]/g, '')
  return /^8\d{11}$/.test(digits) && checkDigit(digits) === '0' ? BigInt(digits.slice(1, 11)) : undefined
}
