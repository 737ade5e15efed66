// Premium contracts over HTTP: each handler opens one transaction, calls one use case and translates its result.
import type { Contract } from '@payung/api'
import type { Law } from '@payung/law'
import { type Day, ok, type Result, refuse } from '@payung/values'
import { type Handlers, inTransaction, publicAddress, readAs, type Tx } from '../platform/index.ts'
import { ownAmong } from '../registry/index.ts'
import { printCertificate } from './print-certificate.ts'
import { findPersonsByNumber } from './store/persons.ts'
import { billJson, moneyIn } from './translate.ts'
import { amendContract } from './use-cases/amend-contract.ts'
import { certifyContract } from './use-cases/certify-contract.ts'
import { publicCertificate } from './use-cases/public-certificate.ts'
import { registerContracts } from './use-cases/register-contracts.ts'
import { reportWorkers } from './use-cases/report-workers.ts'
import { type ShownContract, showContract } from './use-cases/show-contract.ts'

/** The persons behind member numbers, in order; the first unknown one refuses all. */
async function personsOf(tx: Tx, numbers: readonly string[]): Promise<Result<bigint[]>> {
  const persons = await findPersonsByNumber(tx, numbers)
  const unknown = persons.indexOf(null)
  if (unknown >= 0)
    return refuse({
      code: 'number-unknown',
      rule: 'A contract names registered members.',
      data: { row: String(unknown + 1), number: numbers[unknown] ?? '' },
      next: 'Register the person first.',
    })
  return ok(persons.map((person) => person ?? 0n))
}

export function contractJson(law: Law, { contract, parts, members, total, paid, certifiedOn }: ShownContract): Contract {
  const money = moneyIn(law)
  return {
    contractId: contract.contractId.toString(),
    payerId: contract.payerId.toString(),
    segment: contract.segment,
    name: contract.name,
    month: contract.month,
    from: contract.from,
    until: contract.until,
    facts: { ...contract.facts },
    addenda: contract.addenda,
    total: money(total),
    paid: money(paid),
    certifiedOn,
    parts: parts.map(({ nth, kind, billId, employer, worker, due, from, until, state, paidOn }) => ({
      nth,
      kind,
      billId: billId.toString(),
      amount: money(employer + worker),
      due,
      from,
      until,
      state,
      paidOn,
    })),
    members: members.map((member) => ({
      memberNumber: member.member_number,
      from: member.from_day,
      until: member.until_day,
      reportedOn: member.reported_on,
      windowUntil: member.window_until,
    })),
  }
}

export const contractHandlers = (law: Law): Handlers => ({
  addContract: ({ body }, { platform, actor, key }) =>
    inTransaction(platform, { role: 'run', actor }, { name: 'addContract', input: body, ...(key ? { key } : {}) }, async (tx, input) => {
      const numbers = input.members.map(({ memberNumber }) => memberNumber)
      const persons = await personsOf(tx, numbers)
      if (!persons.ok) return persons
      const members = input.members.map((member, index) => ({
        personId: persons.value[index] ?? 0n,
        ordinal: 1,
        ...(member.from ? { from: member.from as Day } : {}),
        ...(member.until ? { until: member.until as Day } : {}),
      }))
      const made = await registerContracts(tx, law, [
        { ...input, payerId: BigInt(input.payerId), from: input.from as Day, until: input.until as Day, members },
      ])
      if (!made.ok) return made
      const [contract] = made.value
      if (!contract) throw new Error('a contract was registered and is not there')
      return ok(billJson(law, contract, input, tx.today(law.pack.timeZone)))
    }),
  contract: ({ params, query }, { platform, online }) =>
    readAs(platform, online, async (tx) => {
      const shown = await showContract(tx, law, BigInt(params.contractId))
      if (!shown.ok) return shown
      const named = shown.value.members.map(({ person_id }) => person_id)
      const own = await ownAmong(tx, named)
      const persons = named.flatMap((person) => (own.has(person) ? [] : [person.toString()]))
      if (persons.length > 0) tx.look(null, 'contract', query.why ?? '', { contract: params.contractId, persons })
      return ok(contractJson(law, shown.value))
    }),
  amendContract: ({ params, body }, { platform, actor, key }) => {
    const command = { name: 'amendContract', input: { ...body, contractId: params.contractId }, ...(key ? { key } : {}) }
    return inTransaction(platform, { role: 'run', actor }, command, async (tx, { contractId, ...input }) => {
      const done = await amendContract(tx, law, { ...input, contractId: BigInt(contractId) })
      if (!done.ok) return done
      const { billId, difference, ...rest } = done.value
      return ok({ ...rest, contractId, billId: billId?.toString() ?? null, difference: moneyIn(law)(difference) })
    })
  },
  reportWorkers: ({ params, body }, { platform, actor, key }) => {
    const command = { name: 'reportWorkers', input: { ...body, contractId: params.contractId }, ...(key ? { key } : {}) }
    return inTransaction(platform, { role: 'run', actor }, command, async (tx, input) => {
      const persons = await personsOf(
        tx,
        input.workers.map(({ memberNumber }) => memberNumber),
      )
      if (!persons.ok) return persons
      const rows = input.workers.map(({ ordinal, from, until }, index) => ({
        personId: persons.value[index] ?? 0n,
        ordinal: ordinal ?? 1,
        from,
        ...(until === undefined ? {} : { until }),
      }))
      const done = await reportWorkers(tx, law, BigInt(input.contractId), rows)
      if (!done.ok) return done
      return ok({ results: done.value.map(({ windowUntil, late, existing }, index) => ({ row: index + 1, windowUntil, late, existing })) })
    })
  },
  certificate: ({ params }, { platform, online }) =>
    readAs(platform, online, async (tx) => {
      const done = await certifyContract(tx, law, BigInt(params.contractId))
      return done.ok ? ok({ ...done.value, contractId: params.contractId }) : done
    }),
  publicCertificate: ({ params }, { platform, public: caller }) =>
    readAs(platform, caller, async (tx) => ok(await publicCertificate(tx, law, params.number))),
  certificatePdf: async ({ params, query }, { platform, online }) => {
    const done = await readAs(platform, online, (tx) => certifyContract(tx, law, BigInt(params.contractId)))
    return done.ok ? ok(await printCertificate(done.value, query.lang, await publicAddress(platform))) : done
  },
})
