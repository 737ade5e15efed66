// Member numbers: ten digits and a check digit (Damm), so that one wrong or two swapped digits never name somebody else.

const quasigroup = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
]

/** The check digit of a string of digits, by Damm's algorithm. */
export function checkDigit(digits: string): string {
  let interim = 0
  for (const digit of digits) interim = Number(quasigroup[interim]?.[Number(digit)])
  return String(interim)
}

/** The member number of a sequence from 1 to 9,999,999,999. */
export function memberNumber(sequence: number | bigint): string {
  const body = sequence.toString().padStart(10, '0')
  if (!/^\d{10}$/.test(body)) throw new RangeError(`a member number has ten digits and a check digit; ${sequence} does not fit`)
  return body + checkDigit(body)
}

/** A number as the directories keep it, of ours or of a system before: without spaces, dots and dashes, letters as capitals. */
export const plainNumber = (text: string): string => text.replaceAll(/[\s.\u00a0\p{Pd}]/gu, '').toUpperCase()

/** The eleven digits of a typed member number (spaces and dots are allowed), or what is wrong with it. An old number may have any form: look it up first. */
export function parseMemberNumber(text: string): { number: string } | { wrong: 'letters' | 'length' | 'check-digit' } {
  const digits = plainNumber(text)
  if (!/^\d*$/.test(digits)) return { wrong: 'letters' }
  if (digits.length !== 11) return { wrong: 'length' }
  return checkDigit(digits) === '0' ? { number: digits } : { wrong: 'check-digit' }
}

/** "64001834027" as "6400 1834 027". */
export const formatMemberNumber = (number: string): string => `${number.slice(0, 4)} ${number.slice(4, 8)} ${number.slice(8)}`
