// The scheme as its country pack declares it, for pages and forms.
import type { Output, routes } from '@payung/api'
import type { Law } from '@payung/law'
import { ok, type Result } from '@payung/values'
import { isDemonstration, type Tx } from '../../platform/index.ts'
import { groupsOf } from '../domain/groups.ts'
import { limitsOf } from '../domain/limits.ts'
import { sponsored } from '../domain/snapshot.ts'
import { inWords } from '../words/words.ts'

type Scheme = Output<(typeof routes)['scheme']>
const memberNumberDigits = 11

export async function readScheme(tx: Tx, law: Law): Promise<Result<Scheme>> {
  const { pack } = law
  const today = tx.today(pack.timeZone)
  const copy = ({
    code,
    labels,
    official,
    sentence,
    pictogram,
  }: {
    code: string
    labels: Readonly<Record<string, string>>
    official?: Readonly<Record<string, string>>
    sentence: Readonly<Record<string, string>>
    pictogram: string
  }) => ({ code, labels: { ...labels }, official: official ? { ...official } : null, sentence: { ...sentence }, pictogram })
  return ok({
    code: pack.code,
    labels: { ...pack.labels },
    currency: { code: pack.currency.code, exponent: pack.currency.exponent, symbol: pack.currency.symbol },
    timeZone: pack.timeZone,
    languages: [...pack.languages],
    today,
    demonstration: await isDemonstration(tx),
    programmes: pack.programmes.map((programme) => ({ ...copy(programme), savings: programme.savings })),
    segments: pack.segments.map(copy),
    payerKinds: pack.payerKinds.map(({ code, labels }) => ({ code, labels: { ...labels } })),
    groups: [...groupsOf(pack), { code: sponsored, labels: inWords((words) => words.sponsored) }].map(({ code, labels }) => ({
      code,
      labels: { ...labels },
    })),
    limits: limitsOf(law, today),
    facts: pack.facts.map(({ code, type, choices, labels }) => ({ code, type, choices: [...(choices ?? [])], labels: { ...labels } })),
    memberNumber: { digits: memberNumberDigits, labels: inWords((words) => words.memberNumber) },
  })
}
