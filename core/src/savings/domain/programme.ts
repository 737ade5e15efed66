// Which programme is savings: the pack says so. A scheme without one says so too.
import type { Pack, ProgrammeInfo } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'

export const savingsProgrammes = (pack: Pack): readonly ProgrammeInfo[] => pack.programmes.filter(({ savings }) => savings)

/** The savings programme asked for; without a name the only one (or the first) of the pack. */
export function programmeOf(pack: Pack, asked?: string): Result<ProgrammeInfo> {
  const programmes = savingsProgrammes(pack)
  const codes = programmes.map(({ code }) => code).join(', ')
  if (programmes.length === 0)
    return refuse({
      code: 'no-savings',
      rule: 'This scheme has no savings: every programme of it is insurance.',
      data: { scheme: pack.code },
      next: 'Ask about cover instead.',
    })
  const found = asked === undefined ? programmes[0] : programmes.find(({ code }) => code === asked)
  if (!found)
    return refuse({
      code: 'not-savings',
      rule: 'Only a programme that the scheme calls savings has accounts.',
      data: { programme: asked ?? '', savings: codes },
      next: `Name one of: ${codes}.`,
    })
  return ok(found)
}
