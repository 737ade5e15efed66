// The front door of identity: who acts, and by which token.
import type { Room } from '../platform/index.ts'
import { commands } from './commands.ts'

export { addActor, type NewActor } from './use-cases/add-actor.ts'
export { authenticate } from './use-cases/authenticate.ts'
export const room: Room = { name: 'identity', commands }
