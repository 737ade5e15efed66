// As whom money is taken and given back.
import { type Caller, officeOf, type RequestContext } from '../platform/index.ts'
import { headOffice } from '../registry/index.ts'

/** Money pays for members whom a branch or a bank may not see: whoever takes it acts for the head office. The log keeps who it was. */
export const takingMoney = ({ actor }: Pick<RequestContext, 'actor'>): Caller => ({
  role: 'online',
  actor: { ...actor, officeId: BigInt(headOffice), ownOfficeId: officeOf(actor) },
})
