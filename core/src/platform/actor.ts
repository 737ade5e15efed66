// Who acts: known to every transaction, written with every event, and read by row security.

export type ActorKind = 'staff' | 'member' | 'organisation' | 'partner' | 'system'

export type Actor = {
  readonly actorId: bigint
  readonly kind: ActorKind
  readonly name: string
  /** What a member of staff may do; data of the room `identity`. */
  readonly role: string
  readonly personId: bigint | null
  readonly organisationId: bigint | null
  readonly officeId: bigint | null
  /** The office that is really theirs, where they act for another: whoever moves money does so for the head office. */
  readonly ownOfficeId?: bigint | null
}

/** Whose districts bound what the actor does for others. */
export const officeOf = ({ officeId, ownOfficeId }: Actor): bigint | null => (ownOfficeId === undefined ? officeId : ownOfficeId)

/** The program acting by itself: daily work, set work, the first start. It is the first actor of every database. */
export const systemActor: Actor = {
  actorId: 1n,
  kind: 'system',
  name: 'Payung',
  role: 'system',
  personId: null,
  organisationId: null,
  officeId: null,
}

/** Somebody who has not signed in: sees what is public. */
export const nobody: Actor = { actorId: 0n, kind: 'partner', name: '', role: '', personId: null, organisationId: null, officeId: null }
