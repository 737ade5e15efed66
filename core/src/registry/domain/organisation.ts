// An organisation as given at registration: an employer, a sponsor, a government, a village, a platform, or the State itself.
import { checkFacts, type Facts, type Pack, type PayerKindInfo } from '@payung/law'
import { nameFault, ok, type Result, refuse } from '@payung/values'
import { rowFault } from './row-fault.ts'

export type NewOrganisation = {
  readonly kind: string
  readonly name: string
  readonly regionCode: string
  readonly facts?: Facts
  readonly fundingCode?: string
}
export type CheckedOrganisation = {
  readonly kind: PayerKindInfo
  readonly name: string
  readonly regionCode: string
  readonly facts: Facts
  readonly fundingCode: string | null
}

/** Facts given for an organisation, checked against the pack; the refusal names the fact as its field. */
export function checkOrganisationFacts(pack: Pack, facts: Facts): Result<Facts> {
  const checked = checkFacts(pack, facts)
  return checked.ok ? checked : refuse({ ...checked.refusal, data: { ...checked.refusal.data, field: 'facts' } })
}

export function checkOrganisation(pack: Pack, given: NewOrganisation, isRegion: (code: string) => boolean): Result<CheckedOrganisation> {
  const kind = pack.payerKinds.find(({ code, holder }) => code === given.kind && holder !== 'person')
  if (!kind) {
    const kinds = pack.payerKinds
      .filter(({ holder }) => holder !== 'person')
      .map(({ code }) => code)
      .join(', ')
    return refuse(rowFault('kind-unknown', 'kind', given.kind, `An organisation is one of ${kinds}.`, 'Name one of these kinds.'))
  }
  const name = given.name.trim().replaceAll(/\s+/g, ' ')
  if (name === '' || name.length > 200 || nameFault(name) !== undefined)
    return refuse(
      rowFault(
        'wrong-name',
        'name',
        given.name,
        'A name has 1 to 200 characters, none that nobody sees, and does not begin like a formula (=, +, -, @).',
        'Write the name as it stands in the deed or decree.',
      ),
    )
  if (!isRegion(given.regionCode))
    return refuse(
      rowFault(
        'region-unknown',
        'regionCode',
        given.regionCode,
        'The seat is a region by its code.',
        'Look the code up in the list of regions.',
      ),
    )
  const facts = checkOrganisationFacts(pack, given.facts ?? {})
  return facts.ok ? ok({ kind, name, regionCode: given.regionCode, facts: facts.value, fundingCode: given.fundingCode ?? null }) : facts
}
