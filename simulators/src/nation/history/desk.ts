// The people of the offices who do what needs two: an officer of the branch that serves a payer asks (of the head office, where money is
// of nobody or of several), the branch and the head office decide. Nobody knows their tokens.
import { ok, type Result } from '@payung/values'
import { type Actor, addActor, askRegistered, inTransaction, readAs, systemActor, type Tx } from '../core.ts'
import { act, type World } from './world.ts'

type Branch = { readonly officer: Actor; readonly branch: Actor }
export type Desk = { readonly head: Actor; readonly clerk: Actor /** By office. */; readonly branches: ReadonlyMap<number, Branch> }

export async function openDesk(world: World): Promise<Desk> {
  const { officer, branch, head } = world.profile.nation.staff
  return act(world, 'desk', async (tx) => {
    const offices = await tx.query<{ kind: string; office: number }>(
      'select kind, office_id as office from registry.office order by office_id',
    )
    const hire = async (name: string, office: number, role: string): Promise<Actor> => {
      const added = await addActor(tx, { kind: 'staff', name, role, officeId: BigInt(office) }, askRegistered)
      if (!added.ok) throw new Error(`${name} was refused: ${added.refusal.rule}`)
      return added.value.actor
    }
    const branches = new Map<number, Branch>()
    for (const { kind, office } of offices)
      if (kind === 'branch')
        branches.set(office, { officer: await hire(officer, office, 'officer'), branch: await hire(branch, office, 'administrator') })
    const main = offices.find(({ kind }) => kind === 'head')?.office ?? 0
    return ok({ branches, head: await hire(head, main, 'administrator'), clerk: await hire(officer, main, 'officer') })
  })
}

/** Those of the branch that serves a payer. */
export const branchOf = (world: World, payerId: bigint): Promise<Branch> => serving(world, 'payer', payerId)

/** Those of the branch that serves a person. */
export const branchOfPerson = (world: World, personId: bigint): Promise<Branch> => serving(world, 'person', personId)

async function serving({ platform, desk }: World, whom: 'payer' | 'person', id: bigint): Promise<Branch> {
  const [row] = await readAs(platform, { role: 'run', actor: systemActor }, (tx) =>
    tx.query<{ office: number }>(
      `select office_id as office from registry.office where kind = 'branch' and registry.serves_${whom}(office_id, $1) order by office_id limit 1`,
      [id],
    ),
  )
  const branch = desk.branches.get(row?.office ?? 0)
  if (!branch) throw new Error(`no branch serves ${whom} ${id}`)
  return branch
}

/** One transaction of somebody of the desk; a refusal is a mistake of the plan and stops everything. */
export async function actAs<Value>(world: World, actor: Actor, name: string, work: (tx: Tx) => Promise<Result<Value>>): Promise<Value> {
  const done = await inTransaction(world.platform, { role: 'run', actor }, { name: `nation.${name}`, input: null }, (tx) => work(tx))
  if (!done.ok) throw new Error(`${name} was refused: ${done.refusal.rule} ${JSON.stringify(done.refusal.data)}`)
  return done.value
}

/** The digest of a paper that nobody wrote. */
export const paper = (description: string): { digest: string; description: string } => ({ digest: '0'.repeat(64), description })
