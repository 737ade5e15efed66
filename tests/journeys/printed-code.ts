// The code printed on a letter about a month that was corrected, of somebody in the land.

import { printedCode as grouped } from '../../core/src/notices/domain/code.ts'
import { findLetter } from '../../core/src/notices/store/read-letters.ts'
import { addLetters } from '../../core/src/notices/store/write-letters.ts'
import { codeOfLetter } from '../../core/src/notices/use-cases/code-of-letter.ts'
import type { TestScheme } from '../scheme.ts'

export async function printedCode({ admin, law, platform, run }: TestScheme): Promise<string> {
  const { rows } = await admin.query<{ person_id: bigint; class: number; base: bigint; total: bigint }>(
    `select person_id, class, base, employer + worker as total from contributions.contribution
     where month = 2026 * 12 + 4 and employer > 0 and worker > 0 order by person_id limit 1`,
  )
  const [row] = rows
  if (!row) throw new Error('nobody has a contribution')
  const side = (when: string) => ({
    [`base${when}`]: row.base.toString(),
    [`class${when}`]: row.class,
    [when.toLowerCase()]: row.total.toString(),
  })
  const facts = { month: '2026-05', why: 'correction', ...side('Before'), ...side('After') }
  return run(async (tx) => {
    const on = tx.today(law.pack.timeZone)
    await addLetters(tx, [{ personId: row.person_id, kind: 'month-corrected', cause: 'planted', amount: 0n, facts }], on)
    const [letter] = await tx.query<{ letter_id: bigint }>(`select letter_id from notices.letter where cause = 'planted'`)
    const found = letter && (await findLetter(tx, letter.letter_id))
    if (!found) throw new Error('the letter was not written')
    return grouped(await codeOfLetter(tx, law, platform.encryption, found))
  })
}
