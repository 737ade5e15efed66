// The payment code of one bill: "9", ten digits of the payer, seven of the bill's number and a check digit. Money that names it pays that bill
// first among the payer's bills of its month; older months still come before it (Perdir 22/2022: in month order).
import { checkDigit } from '@payung/values'
import { payerOfBill } from './bill-number.ts'

/** @throws RangeError for a payer beyond ten digits. */
export function billCode(billId: bigint): string {
  const body = `9${payerOfBill(billId).toString().padStart(10, '0')}${(billId & 1_048_575n).toString().padStart(7, '0')}`
  if (!/^9\d{17}$/.test(body)) throw new RangeError(`a bill's code has ten digits for the payer; bill ${billId} does not fit`)
  return body + checkDigit(body)
}

/** The bill of a typed code (spaces, dots and hyphens are allowed), or undefined when it is no bill's code. Whether that bill exists is another question. */
export function billOfCode(text: string): bigint | undefined {
  const digits = text.replaceAll(/[\s.\-\u00a0]/g, '')
  if (!/^9\d{18}$/.test(digits) || checkDigit(digits) !== '0') return undefined
  const number = BigInt(digits.slice(11, 18))
  return number < 1_048_576n ? (BigInt(digits.slice(1, 11)) << 20n) | number : undefined
}
