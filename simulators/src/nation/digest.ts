// A digest of everything a nation is made of, by what people would call it: the same seed gives the same digest, whatever ids and clocks were used.
import { createHash } from 'node:crypto'
import type { Tx } from './core.ts'

/** Rows by natural names and in a fixed order; surrogate ids, instants and ciphers are left out. */
const parts: readonly string[] = [
  `select name, born, sex, region_code, registered_on from registry.person order by 1, 2, 3, 4, 5`,
  `select o.kind, o.name, o.region_code, o.registered_on, f.facts from registry.organisation o left join registry.organisation_fact f using (organisation_id) order by 1, 2, 3, 4, 5::text`,
  `select p.name, p.born, p.region_code, m.segment, m.programmes, m.facts, m.from_day, m.until_day from registry.membership m join registry.person p using (person_id) order by 1, 2, 3, 4, 5, 6::text, 7, 8`,
  `select coalesce(o.name, p.name || p.born || p.region_code) as payer, b.month, b.kind, b.state, b.total, b.members, b.issued_on, b.paid_on
   from contributions.bill b join registry.payer y using (payer_id) left join registry.organisation o using (organisation_id) left join registry.person p on p.person_id = y.person_id order by 1, 2, 3, 4, 5, 6, 7, 8`,
  `select coalesce(o.name, p.name || p.born || p.region_code) as payer, t.day, t.amount
   from payments.payment t join registry.payer y using (payer_id) left join registry.organisation o using (organisation_id) left join registry.person p on p.person_id = y.person_id order by 1, 2, 3`,
  `select day, region_code, segment, payer_kind, employer_group, programme, state, members from coverage.daily_count order by 1, 2, 3, 4, 5, 6, 7`,
  `select month, segment, programme, computed, billed, booked, collected from coverage.month_figure order by 1, 2, 3`,
]

export async function nationDigest(tx: Tx): Promise<string> {
  const hash = createHash('sha256')
  for (const part of parts) {
    const [row] = await tx.query<{ digest: string }>(
      `select encode(sha256(convert_to(coalesce(string_agg(row_to_json(part)::text, E'\\n'), ''), 'UTF8')), 'hex') as digest from (${part}) part`,
    )
    hash.update(row?.digest ?? '')
  }
  return hash.digest('hex')
}
