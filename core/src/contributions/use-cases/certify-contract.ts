// The certificate of a contract: its number, its dates, what it covers and who pays, once its first part is paid (Permenaker 5/2021: at
// most one working day after the form and the first payment; may be printed by the payer).
import type { Law } from '@payung/law'
import { addDays, type Day, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { certificateNumber } from '../domain/contract-parts.ts'
import { nameOfPayer } from '../store/payers.ts'
import { certificateTexts } from '../words/certificate.ts'
import { showContract } from './show-contract.ts'

export type Certificate = {
  readonly number: string
  readonly contractId: bigint
  readonly certifiedOn: Day
  readonly texts: Record<string, string[]>
}

export async function certifyContract(tx: Tx, law: Law, contractId: bigint): Promise<Result<Certificate>> {
  const shown = await showContract(tx, law, contractId)
  if (!shown.ok) return shown
  const { contract, parts, certifiedOn } = shown.value
  if (certifiedOn === null)
    return refuse({
      code: 'nothing-paid',
      rule: 'A certificate is given once the premium, or its first part, is paid.',
      data: { contract: contractId.toString() },
      next: 'Pay the first part.',
    })
  const { pack } = law
  const payer = await nameOfPayer(tx, contract.payerId)
  const codes = [...new Set(parts.flatMap(({ amounts }) => Object.keys(amounts)))]
  const insured = codes.flatMap((code) => pack.funds.find((fund) => fund.code === code)?.programmes ?? [code])
  const number = certificateNumber(contractId)
  const texts = certificateTexts(pack, (language) => {
    const said = (labels: Readonly<Record<string, string>> | undefined, code: string): string => labels?.[language] ?? code
    return {
      number,
      name: contract.name,
      segment: said(pack.segments.find(({ code }) => code === contract.segment)?.labels, contract.segment),
      payer: payer ?? said(pack.payerKinds.find(({ holder }) => holder === 'person')?.labels, ''),
      programmes: insured.map((code) => said(pack.programmes.find((each) => each.code === code)?.labels, code)).join(', '),
      from: contract.from,
      lastDay: addDays(contract.until, -1),
      certifiedOn,
    }
  })
  return ok({ number, contractId, certifiedOn, texts })
}
