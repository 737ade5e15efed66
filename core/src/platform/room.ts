// What a room hands to the channels: its commands, handlers, jobs, daily work and the events it listens to.
import type { Command } from './command.ts'
import type { Subscribers } from './events.ts'
import type { Handlers } from './handler.ts'
import type { Daily, Task } from './jobs.ts'

export type Room = {
  readonly name: string
  readonly commands?: readonly Command[]
  readonly handlers?: Handlers
  readonly tasks?: readonly Task[]
  readonly dailies?: readonly Daily[]
  subscribe?(subscribers: Subscribers): void
}
