// Tellings and codes of all letters that were written while the other rows were planted: of both members and of both firms.
import type { TestScheme } from '../scheme.ts'

export async function plantLetters({ admin }: TestScheme): Promise<void> {
  const own = 'letter_id, person_id, payer_id'
  await admin.query(
    `insert into notices.telling (${own}, told_on, how, actor) select ${own}, written_on, 'post', 1 from notices.letter;
     insert into notices.letter_code (${own}, turn, code_hash, made_on) select ${own}, 1, sha256(letter_id::text::bytea), written_on from notices.letter`,
  )
}

/** Of letters a firm sees those to itself, and none to its workers. */
export const asReader = <Viewer extends { persons: readonly bigint[]; settings: Readonly<Record<string, bigint>> }>(
  table: string,
  viewer: Viewer,
): Viewer => (table.startsWith('notices.') && viewer.settings.organisation !== undefined ? { ...viewer, persons: [] } : viewer)
