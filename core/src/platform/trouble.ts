// A problem that a person can do something about: its message is written for them and shown without a stack.

/** Thrown for what the surroundings refuse: a busy port, a full disk, a wrong setting. `next` says what to do now. */
export class Trouble extends Error {
  readonly next: string
  constructor(message: string, next: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Trouble'
    this.next = next
  }
}

/** The text of anything thrown, without a stack. */
export const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message || thrown.name : String(thrown))

/** The `code` of a system or database error, or undefined. */
export function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined
  return typeof thrown.code === 'string' ? thrown.code : undefined
}

/** Says plainly what a full disk means; any other reason is returned as it is. */
export function withoutSpace(reason: string, folder: string): Trouble | undefined {
  if (!/No space left on device|disk full|ENOSPC|53100/.test(reason)) return undefined
  return new Trouble(
    `The disk is full: ${folder} cannot grow.`,
    'Make room on that disk, then start again. Nothing that was finished is lost.',
  )
}
