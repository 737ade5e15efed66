// What concerns the whole scheme (running, closing or assessing a month or a year, declaring a rate) is asked by the head office.
import { ok, type Result, refuse } from '@payung/values'
import { officeOf, type Tx } from '../../platform/index.ts'
import { isHeadOffice } from '../office-store.ts'

export async function serveAll(tx: Tx): Promise<Result<undefined>> {
  const { actor } = tx
  if (actor.kind !== 'staff' || (await isHeadOffice(tx, officeOf(actor)))) return ok(undefined)
  return refuse({
    code: 'head-office-only',
    rule: 'What changes the months or years of the whole scheme is asked by the head office.',
    data: { office: officeOf(actor)?.toString() ?? '' },
    next: 'Ask the head office.',
  })
}
