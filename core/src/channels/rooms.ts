// Puts the rooms together for one scheme. A room that is added here is on the command line, in the API, in the worker and in the daily work.
import { type Law, lawOf, loadPack } from '@payung/law'
import { roomWith as contributions } from '../contributions/index.ts'
import { roomWith as coverage } from '../coverage/index.ts'
import { roomWith as identity } from '../identity/index.ts'
import { roomWith as ledger } from '../ledger/index.ts'
import { roomWith as notices } from '../notices/index.ts'
import { roomWith as payments } from '../payments/index.ts'
import {
  type Command,
  type Configuration,
  type Daily,
  type Handlers,
  makeSubscribers,
  type Room,
  type Subscribers,
  type Task,
} from '../platform/index.ts'
import { askRegistered, roomWith as registry } from '../registry/index.ts'
import { roomWith as savings } from '../savings/index.ts'
import { roomWith as takeover } from '../takeover/index.ts'
import { houseRoom } from './house.ts'

/** The whole house: the law it goes by and what its rooms offer. */
export type House = {
  readonly law: Law
  readonly commands: readonly Command[]
  readonly handlers: Handlers
  readonly tasks: readonly Task[]
  readonly dailies: readonly Daily[]
  readonly subscribers: Subscribers
}

/** The rooms from the ground up: the daily work of one day, and those who listen to one event, run in this order. */
const roomsFor = (law: Law): readonly Room[] => [
  houseRoom,
  ledger(law.pack),
  identity(askRegistered),
  registry(law.pack),
  contributions(law),
  payments(law),
  savings(law),
  takeover(law),
  notices(law),
  coverage(law),
]

export function houseFor(law: Law): House {
  const rooms = roomsFor(law)
  const subscribers = makeSubscribers()
  for (const room of rooms) room.subscribe?.(subscribers)
  return {
    law,
    commands: rooms.flatMap((room) => room.commands ?? []),
    handlers: Object.assign({}, ...rooms.map((room) => room.handlers ?? {})) as Handlers,
    tasks: rooms.flatMap((room) => room.tasks ?? []),
    dailies: rooms.flatMap((room) => room.dailies ?? []),
    subscribers,
  }
}

/** The house of the country pack that the configuration names. */
export const openHouse = async ({ pack }: Pick<Configuration, 'pack'>): Promise<House> => houseFor(lawOf(await loadPack(pack)))
