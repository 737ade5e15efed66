// What late law would have changed of a month: the amounts are made up, whose they are is not.
import type { TestScheme } from '../scheme.ts'

export async function plantReplacements({ admin, run }: TestScheme): Promise<void> {
  const month = `contributions.month_number('2026-07-01')`
  await run((tx) => tx.run(`select contributions.open_replacements(${month})`))
  await admin.query(
    `insert into contributions.replacement select person_id, bill_id, base, employer, worker, employer, worker, month, class, class, ordinal, 2
     from contributions.entry where month = ${month}`,
  )
}
