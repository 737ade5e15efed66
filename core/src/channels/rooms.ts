// Puts the rooms together. A room that is added here is on the command line, in the API, in the worker and in the daily work.
import { room as identity } from '../identity/index.ts'
import { type Command, type Handlers, makeSubscribers, type Room, type Subscribers } from '../platform/index.ts'
import { houseRoom } from './house.ts'

/** From the ground up: daily work of one day runs in this order. */
export const rooms: readonly Room[] = [houseRoom, identity]

export const allCommands = (): Command[] => rooms.flatMap((room) => room.commands ?? [])
export const allHandlers = (): Handlers => Object.assign({}, ...rooms.map((room) => room.handlers ?? {})) as Handlers
export const allTasks = () => rooms.flatMap((room) => room.tasks ?? [])
export const allDailies = () => rooms.flatMap((room) => room.dailies ?? [])

/** The registry of who listens to which event, filled by every room. */
export function allSubscribers(): Subscribers {
  const subscribers = makeSubscribers()
  for (const room of rooms) room.subscribe?.(subscribers)
  return subscribers
}
