// How memberships stand in the contract, there and back.
import type { NewMembership as MembershipBody } from '@payung/api'
import type { NewMembership } from './domain/membership.ts'
import type { NamedMembership } from './use-cases/find-member.ts'

/** Drops what was not given, so that absent stays absent. */
export const given = <Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [Key in keyof Value]: Exclude<Value[Key], undefined>
  }

export const membershipRow = ({ organisationId, payerId, ...rest }: MembershipBody): NewMembership =>
  given({
    ...rest,
    organisationId: organisationId === undefined ? undefined : BigInt(organisationId),
    payerId: payerId === undefined ? undefined : BigInt(payerId),
  }) as NewMembership

export const membershipJson = ({
  memberNumber,
  ordinal,
  segment,
  organisationId,
  payerId,
  programmes,
  from,
  until,
  facts,
}: NamedMembership) => ({
  memberNumber,
  ordinal,
  segment,
  organisationId: organisationId?.toString() ?? null,
  payerId: payerId?.toString() ?? null,
  programmes: [...programmes],
  from,
  until,
  facts: { ...facts },
})
