// What every use case is given to stand on: the database, the clock, who listens to events, and the key for what is encrypted.
import type { Clock } from './clock.ts'
import type { Database } from './database.ts'
import type { Encryption } from './encryption.ts'
import type { Subscribers } from './events.ts'

export type Platform = {
  readonly database: Database
  readonly clock: Clock
  readonly subscribers: Subscribers
  readonly encryption: Encryption
}
