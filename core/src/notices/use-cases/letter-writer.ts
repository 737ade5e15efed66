// What every writer of letters is given and asks: the event, and how its subject and payload are read.
import type { Law } from '@payung/law'
import type { Day } from '@payung/values'
import type { Event, Tx } from '../../platform/index.ts'

export type LetterWriter = (tx: Tx, law: Law, event: Event) => Promise<unknown>

export const today = (tx: Tx, law: Law): Day => tx.today(law.pack.timeZone)
/** The number in a subject such as "case:3". */
export const idIn = ({ subject }: Event): bigint => BigInt(subject.slice(subject.indexOf(':') + 1))
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
export const bigOf = (value: unknown): bigint => BigInt(value as string | bigint)
