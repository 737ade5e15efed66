// The people of the offices who do what needs two: an officer of a branch asks, the branch and the head office decide. Nobody knows their tokens.
import { ok, type Result } from '@payung/values'
import { type Actor, addActor, askRegistered, inTransaction, type Tx } from '../core.ts'
import { act, type World } from './world.ts'

export type Desk = { readonly officer: Actor; readonly branch: Actor; readonly head: Actor }

export async function openDesk(world: World): Promise<Desk> {
  const { officer, branch, head } = world.profile.nation.staff
  return act(world, 'desk', async (tx) => {
    const offices = await tx.query<{ kind: string; office: number }>(
      'select kind, min(office_id) as office from registry.office group by kind',
    )
    const hire = async (name: string, kind: string, role: string): Promise<Actor> => {
      const officeId = BigInt(offices.find((each) => each.kind === kind)?.office ?? 0)
      const added = await addActor(tx, { kind: 'staff', name, role, officeId }, askRegistered)
      if (!added.ok) throw new Error(`${name} was refused: ${added.refusal.rule}`)
      return added.value.actor
    }
    return ok({
      officer: await hire(officer, 'branch', 'officer'),
      branch: await hire(branch, 'branch', 'administrator'),
      head: await hire(head, 'head', 'administrator'),
    })
  })
}

/** One transaction of somebody of the desk; a refusal is a mistake of the plan and stops everything. */
export async function actAs<Value>(world: World, actor: Actor, name: string, work: (tx: Tx) => Promise<Result<Value>>): Promise<Value> {
  const done = await inTransaction(world.platform, { role: 'run', actor }, { name: `nation.${name}`, input: null }, (tx) => work(tx))
  if (!done.ok) throw new Error(`${name} was refused: ${done.refusal.rule} ${JSON.stringify(done.refusal.data)}`)
  return done.value
}

/** The digest of a paper that nobody wrote. */
export const paper = (description: string): { digest: string; description: string } => ({ digest: '0'.repeat(64), description })
