// The clock is passed in everywhere. The system's, or the one that stands in the database and that a demonstration may move.
import type { Database } from './database.ts'
import type { Tx } from './transaction.ts'

export type Clock = {
  now(): Promise<Date>
  /** True when the database holds it: a transaction then reads it in its opening statement. */
  readonly stored: boolean
}

export const systemClock: Clock = { now: async () => new Date(), stored: false }

/** A clock that stands still, for tests. */
export const fixedClock = (at: Date | string): Clock => ({ now: async () => new Date(at), stored: false })

/** The clock of the database: the machine's time, and for a demonstration as far ahead as somebody moved it. */
export function storedClock(database: Pick<Database, 'work'>): Clock {
  return {
    stored: true,
    now: async () => {
      const { rows } = await database.work
        .query<{ now: Date }>('begin; set local role payung_run; select platform.now() as now; commit')
        .then((results) => (results as unknown as { rows: { now: Date }[] }[])[2] ?? { rows: [] })
      return rows[0]?.now ?? new Date()
    },
  }
}

/** Whether what stands in this database is made up: its clock says so, and every page, figure and letter tells it. */
export async function isDemonstration(tx: Pick<Tx, 'query'>): Promise<boolean> {
  const [row] = await tx.query<{ demonstration: boolean }>('select demonstration from platform.clock')
  return row?.demonstration ?? false
}
