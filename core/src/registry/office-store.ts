// SQL that asks which office serves whom; the rule itself stands in the database (0021), where row security asks it too.
import type { Tx } from '../platform/index.ts'

/** Those of the payers who are registered and whom an office does not serve. */
export const payersElsewhere = async (tx: Tx, office: bigint | null, payers: readonly bigint[]): Promise<bigint[]> =>
  (
    await tx.query<{ payer_id: bigint }>(
      'select p.payer_id from registry.payer p where p.payer_id = any ($2::bigint[]) and not registry.serves_payer($1, p.payer_id) order by p.payer_id',
      [office, payers],
    )
  ).map(({ payer_id }) => payer_id)

export const servesPerson = async (tx: Tx, office: bigint | null, person: bigint): Promise<boolean> =>
  (await tx.query<{ serves: boolean }>('select registry.serves_person($1, $2) as serves', [office, person]))[0]?.serves ?? false

export const isHeadOffice = async (tx: Tx, office: bigint | null): Promise<boolean> =>
  (await tx.query(`select from registry.office where office_id = $1 and kind = 'head'`, [office])).length > 0
