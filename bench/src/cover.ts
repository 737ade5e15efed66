// Cover: the partner's question about a member over HTTP, with its line in the access trail, from 64 clients, divided by the least that
// such an answer could cost over the same stack: the read of a key and one grouped insert of the same lines.
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import { houseFor, makeServer } from '@payung/core/channels'
import { addActor } from '@payung/core/identity'
import { gather, type Handlers, readAs, type Tx } from '@payung/core/platform'
import { askRegistered } from '@payung/core/registry'
import { type Day, type Month, memberNumber, ok, quantile } from '@payung/values'
import type { Asked } from './ask-clients.ts'
import { type Laboratory, openLaboratory } from './laboratory.ts'
import { describeMachine, type Machine } from './machine.ts'
import { median } from './median.ts'
import { plantMembers } from './plant-members.ts'

const [turns, clients, perTurn] = [5, 64, 4000]
const month = '2026-04' as Month
const today = '2026-05-20' as Day

type Measured = { readonly perSecond: number; readonly p50: number; readonly p99: number }
type Run = { readonly bare: Measured; readonly cover: Measured; readonly ratio: number }
export type CoverResult = {
  readonly benchmark: 'cover'
  readonly members: number
  readonly clients: number
  readonly perTurn: number
  readonly runs: readonly Run[]
  readonly bare: Measured
  readonly cover: Measured
  readonly ratio: number
  readonly atMost: number
  readonly looks: string
  readonly machine: Machine
}

/** The least: questions that arrive together read their keys together and leave their lines together. */
function bareAnswers(): Handlers {
  const readKeys = async (tx: Tx, group: readonly { readonly number: string }[]): Promise<boolean[]> => {
    const rows = await tx.query<{ member_number: string; person_id: bigint }>(
      'select member_number, person_id from registry.member_directory where member_number = any ($1::text[])',
      [group.map(({ number }) => number)],
    )
    const persons = new Map(rows.map(({ member_number, person_id }) => [member_number, person_id]))
    return group.map(({ number }) => {
      tx.look(persons.get(number) ?? null, 'cover', 'bench')
      return persons.has(number)
    })
  }
  const ask = gather<{ readonly number: string }, boolean>({
    apart: false,
    next: (waiting) => waiting.slice(0, clients),
    serve: (platform, caller, group) => readAs(platform, caller, (tx) => readKeys(tx, group)),
  })
  return {
    memberCover: async ({ params }, { platform, online }) => {
      if (!(await ask(platform, online, { number: params.number }))) throw new Error('a number that nobody has')
      return ok({ on: today, memberships: [] })
    },
  }
}

async function serve({ platform, law }: Laboratory, handlers: Handlers) {
  const server = await makeServer({
    platform,
    handlers: { ...houseFor(law).handlers, ...handlers },
    limits: { open: 1e9, withToken: 1e9, times: 1 },
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  return { port: (server.server.address() as AddressInfo).port, close: () => server.close() }
}

async function ask(port: number, token: string, members: number): Promise<Measured> {
  const upTo = (limit: number): number => 1 + Math.floor(Math.random() * limit)
  const paths = Array.from({ length: perTurn }, () => `/v1/members/${memberNumber(upTo(members))}/cover?why=bench`)
  const asked: Asked = { port, token, clients, paths }
  const { latencies, seconds } = await new Promise<{ latencies: number[]; seconds: number }>((told, fail) => {
    const worker = new Worker(new URL('./ask-clients.ts', import.meta.url), { workerData: asked })
    worker.once('message', told)
    worker.once('error', fail)
  })
  return { perSecond: perTurn / seconds, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) }
}

const middle = (runs: readonly Run[], of: 'bare' | 'cover'): Measured => ({
  perSecond: median(runs.map((run) => run[of].perSecond)),
  p50: median(runs.map((run) => run[of].p50)),
  p99: median(runs.map((run) => run[of].p99)),
})

/** A partner whom the head office let ask about everybody. */
async function partner(laboratory: Laboratory): Promise<string> {
  const added = await laboratory.run((tx) => addActor(tx, { kind: 'partner', role: 'partner', name: 'Bench', officeId: 1n }, askRegistered))
  if (!added.ok) throw new Error(added.refusal.rule)
  return added.value.token
}

/** Five alternating runs; medians. Throws when a question is not answered. */
export async function benchCover(members: number, packName: string, say: (line: string) => void): Promise<CoverResult> {
  const laboratory = await openLaboratory('cover', packName)
  try {
    say(`planting ${members} members …`)
    await plantMembers(laboratory, members, month)
    laboratory.at(today)
    const token = await partner(laboratory)
    const [house, bare] = [await serve(laboratory, {}), await serve(laboratory, bareAnswers())]
    // One turn that is not counted: caches, plans and the compiler of Node are warm in both.
    await ask(bare.port, token, members)
    await ask(house.port, token, members)
    const runs: Run[] = []
    for (let turn = 1; turn <= turns; turn++) {
      await laboratory.admin.query('checkpoint')
      const measured = { bare: await ask(bare.port, token, members), cover: await ask(house.port, token, members) }
      const run = { ...measured, ratio: measured.cover.p99 / measured.bare.p99 }
      runs.push(run)
      const told = ({ perSecond, p50, p99 }: Measured): string =>
        `${Math.round(perSecond)} a second, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`
      say(`run ${turn}: bare ${told(run.bare)}; cover ${told(run.cover)}; ratio ${run.ratio.toFixed(2)}`)
    }
    await Promise.all([house.close(), bare.close()])
    const [trail] = await laboratory.admin.query<{ looks: bigint }>(
      `select count(*) as looks from platform.access_trail where view = 'cover'`,
    )
    return {
      benchmark: 'cover',
      members,
      clients,
      perTurn,
      runs,
      bare: middle(runs, 'bare'),
      cover: middle(runs, 'cover'),
      ratio: median(runs.map(({ ratio }) => ratio)),
      atMost: 2,
      looks: String(trail?.looks ?? 0n),
      machine: await describeMachine(laboratory.admin),
    }
  } finally {
    await laboratory.close()
  }
}
