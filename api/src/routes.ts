// The whole route table, by noun.
import { contractsRoutes } from './contracts.ts'
import { contributionsRoutes } from './contributions.ts'
import { coverageRoutes } from './coverage.ts'
import { ledgerRoutes } from './ledger.ts'
import { paymentsRoutes } from './payments.ts'
import { registryRoutes } from './registry.ts'
import { schemeRoutes } from './scheme.ts'

export const routes = {
  ...schemeRoutes,
  ...coverageRoutes,
  ...registryRoutes,
  ...contributionsRoutes,
  ...contractsRoutes,
  ...paymentsRoutes,
  ...ledgerRoutes,
} as const
