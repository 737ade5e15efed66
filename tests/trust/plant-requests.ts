// Money that goes back, as rows that the tests of row security look at.
import { type AskedRequest, askRequest, billingBy, decideRequest } from '../../core/src/payments/index.ts'
import type { TestScheme } from '../scheme.ts'

/** One asks, another approves. */
export async function request({ law, run }: TestScheme, asked: AskedRequest): Promise<void> {
  const recording = { pack: law.pack, billing: billingBy(law) }
  const made = await run((tx) => askRequest(tx, law, recording, asked))
  if (!made.ok) throw new Error(made.refusal.rule)
  const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const
  const decision = { requestId: made.value.requestId, decision: 'approved', why: 'test', decider } as const
  const done = await run((tx) => decideRequest(tx, law, recording, decision))
  if (!done.ok) throw new Error(done.refusal.rule)
}
