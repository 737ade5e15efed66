// What stands outside the house and is brought along by whoever starts it: commands of its own, and what the first start on an empty
// database does once, before anything is served. A demonstration's generator comes in this way; core does not know it.
import type { Law } from '@payung/law'
import type { Command, Configuration, Platform, Progress } from '../platform/index.ts'
import type { House } from './rooms.ts'

export type FirstStart = (context: {
  readonly platform: Platform
  readonly house: House
  readonly configuration: Configuration
  readonly progress: Progress
}) => Promise<void>

export type Extension = {
  readonly commandsFor?: (law: Law) => readonly Command[]
  /** It may be cut short and is then done anew the next time. */
  readonly firstStart?: FirstStart
}
