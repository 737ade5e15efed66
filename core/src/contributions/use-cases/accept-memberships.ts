// Listens to the registry: keeps for each membership the dated facts that the monthly run joins with the tariff, and opens cover
// for workers who are added to a unit that already pays (the day their entry is accepted; Perdir 22/2022, PP 44/2015 art 6).
import { type Facts, type Law, profileOf } from '@payung/law'
import { monthNumber, monthOf } from '@payung/values'
import type { Event, Tx } from '../../platform/index.ts'
import type {
  ArrangementChanged,
  EndsTakenBack,
  MembershipDetail,
  MembershipsEnded,
  MembershipsOpened,
  OrganisationFactsChanged,
} from '../../registry/index.ts'
import type { MonthsMissed } from '../events.ts'
import { addFacts, addProfiles, closeFacts, endFacts, openAcceptedCover, reportFirstBases } from '../store/membership-facts.ts'
import { monthsMissed } from '../store/missed-months.ts'

const settlementOf = (law: Law, { segment, settlement }: MembershipDetail): 'receivable' | 'offer' | 'contract' =>
  law.pack.segments.find(({ code }) => code === segment)?.assessed === 'contract' ? 'contract' : settlement

/** The profile of each row: its number in the database, made where it is new. Equal memberships share one. */
async function profilesOf(tx: Tx, law: Law, rows: readonly MembershipDetail[]): Promise<number[]> {
  const known = new Map<string, { key: string; profile: Facts; row: MembershipDetail }>()
  const today = tx.today(law.pack.timeZone)
  const byFacts = new Map<string, string>()
  const keys = rows.map((row) => {
    const asked = JSON.stringify([row.facts, row.from])
    const seen = byFacts.get(asked)
    if (seen !== undefined) return seen
    const { profile, key } = profileOf(law.pack, law.asPublishedBy(row.from > today ? row.from : today).on(row.from), row.facts)
    const full = `${settlementOf(law, row)} ${key}`
    known.set(full, { key: full, profile, row })
    byFacts.set(asked, full)
    return full
  })
  const numbers = await addProfiles(
    tx,
    [...known.values()].map(({ key, profile, row }) => ({
      key,
      segment: row.segment,
      payerKind: row.payerKind,
      settlement: settlementOf(law, row),
      facts: profile,
    })),
  )
  return keys.map((key) => numbers.get(key) ?? 0)
}

export async function acceptMemberships(tx: Tx, law: Law, rows: MembershipsOpened): Promise<void> {
  const profiles = await profilesOf(tx, law, rows)
  const facts = rows.map((row, index) => ({
    ...row,
    base: row.base,
    profileId: profiles[index] ?? 0,
    baseMonth: monthNumber(monthOf(row.from)),
  }))
  await addFacts(tx, facts)
  const first = facts.filter(({ from, joined }) => from === joined)
  await reportFirstBases(tx, first)
  await openAcceptedCover(tx, first)
}

/** A new payer, employer fact or programme from a day on: the old facts end, the new ones begin with the current base. */
export async function changeMembershipFacts(tx: Tx, law: Law, rows: readonly MembershipDetail[]): Promise<void> {
  if (rows.length === 0) return
  const profiles = await profilesOf(tx, law, rows)
  const bases = await closeFacts(
    tx,
    rows.map((row, index) => ({ ...row, profileId: profiles[index] ?? 0 })),
  )
  await addFacts(tx, bases)
}

/**
 * An ending was taken back: the facts hold again from that day on. Months that are not billed yet the run assesses; those billed but
 * open are billed besides, by a job; the closed ones are told, because only a correction can bring them in (PP 44/2015 art 23).
 */
export async function continueMemberships(tx: Tx, law: Law, rows: EndsTakenBack): Promise<void> {
  await changeMembershipFacts(tx, law, rows)
  const missed = await monthsMissed(tx, rows)
  const open = new Map(missed.filter(({ closed }) => !closed).map(({ payerId, month }) => [`${payerId} ${month}`, { payerId, month }]))
  for (const [key, { payerId, month }] of open)
    tx.enqueue({ task: 'issue-bill', payload: { payerId: payerId.toString(), month }, key: `issue-bill:${key}` })
  const closed: MonthsMissed = missed.flatMap(({ closed: gone, ...each }) => (gone ? [each] : []))
  if (closed.length === 0) return
  const payload = { months: closed.length }
  await tx.emit({ kind: 'months-missed', room: 'contributions', subject: `months:${closed.length}`, payload, detail: closed })
}

/** Subscribes the room to what the registry tells. */
export function acceptWhatTheRegistryTells(law: Law): readonly (readonly [string, (tx: Tx, event: Event) => Promise<void>])[] {
  return [
    ['memberships-opened', (tx, event) => acceptMemberships(tx, law, event.detail as MembershipsOpened)],
    ['arrangement-changed', (tx, event) => changeMembershipFacts(tx, law, event.detail as ArrangementChanged)],
    ['organisation-facts-changed', (tx, event) => changeMembershipFacts(tx, law, (event.detail as OrganisationFactsChanged).members)],
    ['ends-taken-back', (tx, event) => continueMemberships(tx, law, event.detail as EndsTakenBack)],
    ['memberships-ended', (tx, event) => endFacts(tx, event.detail as MembershipsEnded)],
  ]
}
