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

/** PostgreSQL is being stopped, was stopped by another's crash, or does not take connections yet. */
const stopped = ['57P01', '57P02', '57P03']

/** The way to it is closed: nobody listens at its socket, or the line was cut. */
const cut = (thrown: unknown): boolean =>
  ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'].includes(codeOf(thrown) ?? '') &&
  typeof thrown === 'object' &&
  thrown !== null &&
  'syscall' in thrown &&
  ['connect', 'read', 'write'].includes(String(thrown.syscall))

/** Whether the database itself failed us, and not what it was asked to do: its disk is full, or it went away. */
export function databaseFailure(thrown: unknown): 'full' | 'gone' | undefined {
  const code = codeOf(thrown) ?? ''
  if (code === '53100' || /No space left on device/.test(reasonOf(thrown))) return 'full'
  if (stopped.includes(code) || cut(thrown) || /^Connection terminated|^Client has encountered a connection error/.test(reasonOf(thrown)))
    return 'gone'
  return thrown instanceof Error && thrown.cause !== undefined ? databaseFailure(thrown.cause) : undefined
}

/** The same in words, with the place; undefined where it was not the database. `where` is its folder, or the setting that names it. */
export function databaseTrouble(thrown: unknown, where: string): Trouble | undefined {
  const kept = 'Nothing that was finished is lost, and what was not finished is undone.'
  const failure = databaseFailure(thrown)
  if (failure === 'full')
    return new Trouble(
      `The disk of the database (${where}) is full: ${reasonOf(thrown)}`,
      `Make room on that disk, then do it again. ${kept}`,
      {
        cause: thrown,
      },
    )
  if (failure === 'gone')
    return new Trouble(
      `The database (${where}) stopped while it was at work.`,
      `Look first whether its disk is full, and at what it wrote last; then do it again. ${kept}`,
      { cause: thrown },
    )
  return undefined
}

/** Says plainly what a full disk means; any other reason is returned as it is. */
export function withoutSpace(reason: string, folder: string): Trouble | undefined {
  if (!/No space left on device|disk full|ENOSPC|53100/.test(reason)) return undefined
  return new Trouble(
    `The disk is full: ${folder} cannot grow.`,
    'Make room on that disk, then start again. Nothing that was finished is lost.',
  )
}
