// A text that can be kept: the database refuses U+0000, and half of a surrogate pair is no character.

/** What makes a text impossible to keep, as the end of a sentence; undefined when nothing does. */
export function textFault(text: string): string | undefined {
  if (text.includes('\u0000')) return 'has the character U+0000, which is no text'
  return text.isWellFormed() ? undefined : 'has half of a character (a surrogate alone), which is no text'
}

// Marks that join letters (U+200C, U+200D) are part of names in some scripts; other marks that nobody sees are not, nor are letters without ink.
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u115f\u1160\u2800\u3164\uffa0]/u
const joined = /(?<=\p{L}\p{M}*)[\u200c\u200d](?=\p{L})/gu

/** What makes a text no name: it goes to letters, cards and tables, where nobody sees a control character and a program computes a formula. */
export function nameFault(name: string): string | undefined {
  if (unseen.test(name.replaceAll(joined, ''))) return 'has a character that nobody sees'
  return /^[=+\-@]/.test(name) ? 'begins like a formula' : undefined
}

export type TextFault = { /** The path to the text, for instance /persons/0/name. */ readonly at: string; readonly fault: string }

/** The first text of a value of JSON that cannot be kept, names of fields included. */
export function findTextFault(value: unknown, at = ''): TextFault | undefined {
  if (typeof value === 'string') {
    const fault = textFault(value)
    return fault === undefined ? undefined : { at, fault }
  }
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, part] of Object.entries(value)) {
    const fault = textFault(key)
    const found = fault === undefined ? findTextFault(part, `${at}/${key}`) : { at, fault: `has a field whose name ${fault}` }
    if (found) return found
  }
  return undefined
}
