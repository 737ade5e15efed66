// A folder that is good, and a scheme that takes folders over: what the tests of the takeover have in common.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Month } from '@payung/values'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { openMonth } from '../../src/contributions/index.ts'
import { systemActor } from '../../src/platform/index.ts'
import { type ImportOptions, importFolder, openFolder } from '../../src/takeover/index.ts'

export type Files = Readonly<Record<string, string>>

export const good = {
  organisations: `organisation,kind,name,region,fact.risk_class,fact.employer_size
NP-1001,employer,Example Works,31.71,III,medium
NP1002,employer,"Second, Works",31.72,I,large
NP1003,sponsor,Example Foundation,31.71,,`,
  persons: `old_number,name,born,sex,region,national_number
85A0 0000 001,Ayu Lestari,1990-05-17,female,31.71,3171015705900001
85A00000002,Budi Santoso,1985-01-02,male,31.72,3172010201850001
85A00000003,Citra Dewi,1979-12-31,female,31.73,`,
  numbers: `old_number,other_number
85A00000001,79B00054321`,
  memberships: `old_number,membership,segment,organisation,payer,programmes,base,from,last_day,end_reason,covered_since,paid_to,months,act
85A00000001,1,PU,NP1001,,,5200000,2017-03-01,2024-12-31,resigned,,,93,Handover 12/2026
79B00054321,2,PU,NP1002,,,6100000,2025-01-01,,,2025-01-01,,20,Handover 12/2026
85A00000002,1,BPU,,,JKK JKM JHT,1000000,2020-06-01,,,2020-06-01,2026-08,74,Handover 12/2026
85A00000003,1,BPU,,NP1003,,1000000,2026-01-01,,,,,0,Handover 12/2026`,
  balances: `old_number,membership,programme,amount,day,act
85A00000001,1,JHT,48250000,2026-08-31,Handover 12/2026
79B00054321,2,JHT,7100000,2026-08-31,Handover 12/2026
85A00000002,1,JHT,1480000,2026-08-31,Handover 12/2026`,
  totals: `file,measure,value
organisations,rows,3
persons,rows,3
numbers,rows,1
memberships,rows,4
memberships,base,13300000
memberships,months,187
balances,rows,3
balances,amount,56830000`,
} as const satisfies Files

export type Desk = {
  readonly scheme: TestScheme
  take(files: Files, options?: Pick<ImportOptions, 'progress'>): ReturnType<typeof importFolder>
  /** Everything that an import could have left: nothing may, when it was refused. */
  rowsThere(): Promise<Record<string, number>>
  close(): Promise<void>
}

const written = ['registry.person', 'registry.organisation', 'registry.membership', 'registry.member_directory', 'savings.entry']

export async function openDesk(): Promise<Desk> {
  const base = await mkdtemp(path.join(os.tmpdir(), 'payung-import-'))
  const scheme = await freshScheme('indonesia', '2026-09-15')
  await scheme.run((tx) => openMonth(tx, scheme.law, '2026-09' as Month))
  let folders = 0
  const take: Desk['take'] = async (files, options) => {
    const place = path.join(base, String(++folders))
    await mkdir(place)
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(place, `${name}.csv`), `${text}\n`)
    const folder = await openFolder(scheme.law.pack, place)
    return folder.ok ? importFolder(scheme.platform, scheme.law, folder.value, { actor: systemActor, chunk: 2, ...options }) : folder
  }
  const rowsThere = async (): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {}
    for (const table of written)
      counts[table] = Number((await scheme.admin.query<{ n: bigint }>(`select count(*) as n from ${table}`)).rows[0]?.n)
    counts.staged = (await scheme.admin.query(`select from pg_tables where schemaname = 'staging'`)).rowCount ?? 0
    return counts
  }
  const close = async (): Promise<void> => {
    await scheme.close()
    await rm(base, { recursive: true })
  }
  return { scheme, take, rowsThere, close }
}
