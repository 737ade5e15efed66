// Gives memberships that were taken over from another system the facts that the monthly run reads. The law is read on the day of the
// takeover (or of joining, when later): what lies before is known by the opening record, and was assessed by somebody else.
import { bucketOf, type Facts, type Law, type LawView, profileOf } from '@payung/law'
import { type Day, yearsBetween } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { mergeFacts } from '../../registry/index.ts'
import { addProfiles, type NewProfile } from '../store/membership-facts.ts'
import { addTakenFacts, readTaken, type TakenRow } from '../store/taken-memberships.ts'

/** What is the same for many memberships: everything but birth and joining. Counts stand as their bucket, as in a profile. */
type Kind = { readonly id: number; readonly row: TakenRow; readonly membershipFacts: Facts; readonly organisationFacts: Facts }

function kindsOf({ pack }: Law): (row: TakenRow) => Kind {
  const byText = new Map<string, Kind>()
  const byMeaning = new Map<string, Kind>()
  const bucketed = (text: string): Facts => {
    const facts: Record<string, string> = { ...(JSON.parse(text) as Facts) }
    for (const { code, cuts } of pack.facts) if (cuts && facts[code] !== undefined) facts[code] = bucketOf(facts[code], cuts)
    return facts
  }
  return (row) => {
    const same = [row.segment, row.payer_kind, row.settlement, row.programmes, row.sex]
    const text = `${same.join()} ${row.facts} ${row.organisation_facts}`
    const seen = byText.get(text)
    if (seen) return seen
    const [membershipFacts, organisationFacts] = [bucketed(row.facts), bucketed(row.organisation_facts)]
    const meaning = JSON.stringify([same, membershipFacts, organisationFacts])
    const kind = byMeaning.get(meaning) ?? { id: byMeaning.size, row, membershipFacts, organisationFacts }
    byMeaning.set(meaning, kind)
    byText.set(text, kind)
    return kind
  }
}

/** Birth and joining as the law sees them: the age in completed years and what the pack derives, counts as their bucket. */
function ageOf({ pack }: Law, view: LawView, born: Day, joined: Day): string {
  const age = String(yearsBetween(born, view.day))
  const derived = Object.entries(pack.rules.deriveFacts(view, { born, joined, age })).map(([code, value]) => {
    const cuts = pack.facts.find((fact) => fact.code === code)?.cuts
    return cuts ? bucketOf(value, cuts) : value
  })
  return `${age} ${derived.join(' ')}`
}

/** Needs `taken_membership`. A profile is computed once for each kind of membership, age and view of the law, not for each row. */
export async function acceptTakenMemberships(tx: Tx, law: Law, on: Day): Promise<void> {
  const rows = await readTaken(tx)
  const kindOf = kindsOf(law)
  const views = new Map<Day, LawView>()
  const keys = new Map<string, string>()
  const found = new Map<string, NewProfile>()
  const wanted = rows.map((row) => {
    const kind = kindOf(row)
    const day = row.from_day > on ? row.from_day : on
    const view = views.get(day) ?? law.asPublishedBy(day).on(day)
    views.set(day, view)
    const asked = `${kind.id} ${day} ${ageOf(law, view, row.born, row.from_day)}`
    const known = keys.get(asked)
    if (known !== undefined) return known
    const profile = newProfile(law, view, kind, row)
    found.set(profile.key, profile)
    keys.set(asked, profile.key)
    return profile.key
  })
  const numbers = await addProfiles(tx, [...found.values()])
  await addTakenFacts(
    tx,
    rows.map(({ place }) => place),
    wanted.map((key) => numbers.get(key) ?? 0),
    on,
  )
}

function newProfile({ pack }: Law, view: LawView, { membershipFacts, organisationFacts }: Kind, row: TakenRow): NewProfile {
  const facts = mergeFacts(pack, {
    segment: row.segment,
    organisationFacts,
    membershipFacts,
    born: row.born,
    sex: row.sex,
    joined: row.from_day,
    payerKind: row.payer_kind,
    programmes: row.programmes === '' ? [] : row.programmes.split(','),
  })
  const contract = pack.segments.find(({ code }) => code === row.segment)?.assessed === 'contract'
  const settlement = contract ? 'contract' : row.settlement
  const { profile, key } = profileOf(pack, view, facts)
  return { key: `${settlement} ${key}`, segment: row.segment, payerKind: row.payer_kind, settlement, facts: profile }
}
