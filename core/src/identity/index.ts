// The front door of identity: who acts, and by which token.
import type { Room } from '../platform/index.ts'
import { commandsWith } from './commands.ts'
import type { AskRegistered } from './use-cases/add-actor.ts'

export { type AskRegistered, addActor, type Known, type NewActor } from './use-cases/add-actor.ts'
export { authenticate } from './use-cases/authenticate.ts'

/** `askRegistered`: the registry stands above this room, so it is handed in. */
export const roomWith = (askRegistered: AskRegistered): Room => ({ name: 'identity', commands: commandsWith(askRegistered) })
