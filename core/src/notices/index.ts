// The front door of notices.
import type { Law } from '@payung/law'
import type { Room } from '../platform/index.ts'
import { commandsFor } from './commands.ts'
import { handlersFor } from './routes.ts'
import { letterWriters } from './use-cases/write-letters.ts'

export { type LetterKey, letterKeys } from './domain/kinds.ts'
export { letterPath, printLetter } from './print-letter.ts'
export { lettersOfPayer } from './store/read-letters.ts'
export { markTold } from './use-cases/mark-told.ts'
export { tellLetters } from './use-cases/tell-letters.ts'
export { letterWriters } from './use-cases/write-letters.ts'

/** The room for a scheme: it only listens, and nothing below knows of it. */
export const roomWith = (law: Law): Room => ({
  name: 'notices',
  commands: commandsFor(law),
  handlers: handlersFor(law),
  subscribe: (subscribers) => {
    for (const [kind, write] of Object.entries(letterWriters)) subscribers.on(kind, async (tx, event) => void (await write(tx, law, event)))
  },
})
