// Who may decide a request: never whoever asked, and only from the level on that the law of the scheme names (parameter `money-approvals`).
import { type Law, textAt, valueAt } from '@payung/law'
import type { Day, Refusal } from '@payung/values'

/** From the least to the most. */
export const levels = ['officer', 'branch', 'regional', 'head'] as const
export type Level = (typeof levels)[number]

/** An office acts at its own level; in a branch its administrator does, and its officers below it. The program itself acts for the head office. */
export function levelOf(office: string | null, kind: string, role: string): Level | null {
  if (kind === 'system') return 'head'
  if (kind !== 'staff') return null
  if (office === 'head' || office === 'regional') return office
  if (office !== 'branch') return null
  return role === 'administrator' ? 'branch' : 'officer'
}

export type Decider = { readonly actorId: bigint; readonly level: Level | null }

/** The first thing that forbids deciding, in a fixed order. */
export function refuseDecider(
  law: Law,
  today: Day,
  request: { readonly kind: string; readonly askedBy: bigint },
  decider: Decider,
): Refusal | undefined {
  const data = {
    kind: request.kind,
    askedBy: request.askedBy.toString(),
    decider: decider.actorId.toString(),
    level: decider.level ?? 'none',
  }
  const entry = law.asPublishedBy(today).on(today).entry('money-approvals')
  if (!entry || valueAt(entry, request.kind) === undefined)
    return {
      code: 'no-source',
      rule: 'The law of this scheme does not say who decides such a request.',
      data: { ...data, parameter: 'money-approvals' },
      next: 'Add a dated entry with its source to the pack.',
    }
  if (request.askedBy === decider.actorId)
    return {
      code: 'same-person',
      rule: 'Whoever asks does not decide: two persons are needed.',
      data,
      next: 'Let somebody else decide.',
    }
  const needed = textAt(entry, request.kind)
  const [has, needs] = [decider.level === null ? -1 : levels.indexOf(decider.level), (levels as readonly string[]).indexOf(needed)]
  if (has < needs)
    return {
      code: 'level-too-low',
      rule: 'The law of this scheme names the least level that decides.',
      data: { ...data, needed },
      next: `Let the level "${needed}" decide.`,
    }
  return undefined
}
