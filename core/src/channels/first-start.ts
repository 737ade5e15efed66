// What the first start on an empty database does once, before anything is served. It may be cut short and goes on the next time.
import type { Configuration, Platform, Progress } from '../platform/index.ts'
import type { House } from './rooms.ts'

export type FirstStart = (context: {
  readonly platform: Platform
  readonly house: House
  readonly configuration: Configuration
  readonly progress: Progress
}) => Promise<void>

/** Nothing to do yet. */
export const firstStart: FirstStart = async () => {}
