// On which account money waits that a payer has brought and nothing has used yet.

/** Organisations that pay by offer (sponsors, public budgets) give for others: that is trust money. Everybody else's is credit. */
export const moneyAccount = ({
  settlement,
  organisationId,
}: {
  readonly settlement: 'receivable' | 'offer'
  readonly organisationId: bigint | null
}): 'credit' | 'trust' => (settlement === 'offer' && organisationId !== null ? 'trust' : 'credit')
