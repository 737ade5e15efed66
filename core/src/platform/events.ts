// Events are what happened, in the past tense. Rooms below tell; rooms above listen, inside the same transaction.
import type { Tx } from './transaction.ts'

/** `kind` is past tense with its room ("bill-paid"); `subject` names what it is about ("bill:4711"). Payloads hold no personal data. */
export type Event = {
  readonly kind: string
  readonly room: string
  readonly subject: string
  readonly payload: Readonly<Record<string, unknown>>
  /** What those who listen need besides, row by row: handed over in memory, never written to the log. */
  readonly detail?: unknown
}

export type Subscriber = (tx: Tx, event: Event) => Promise<void>

export type Subscribers = {
  /** Calls `subscriber` within the transaction that tells an event of this kind, in the order of registration. */
  on(kind: string, subscriber: Subscriber): void
  of(kind: string): readonly Subscriber[]
}

/** Made once where the rooms are put together, and passed in. */
export function makeSubscribers(): Subscribers {
  const known = new Map<string, Subscriber[]>()
  return {
    on: (kind, subscriber) => void known.set(kind, [...(known.get(kind) ?? []), subscriber]),
    of: (kind) => known.get(kind) ?? [],
  }
}
