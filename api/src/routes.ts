// The whole route table, by noun.

import { continuityRoutes } from './continuity.ts'
import { contractsRoutes } from './contracts.ts'
import { contributionsRoutes } from './contributions.ts'
import { correctionsRoutes } from './corrections.ts'
import { coverageRoutes } from './coverage.ts'
import { ledgerRoutes } from './ledger.ts'
import { noticesRoutes } from './notices.ts'
import { paymentsRoutes } from './payments.ts'
import { receivablesRoutes } from './receivables.ts'
import { registryRoutes } from './registry.ts'
import { requestsRoutes } from './requests.ts'
import { savingsRoutes } from './savings.ts'
import { schemeRoutes } from './scheme.ts'

export const routes = {
  ...schemeRoutes,
  ...coverageRoutes,
  ...registryRoutes,
  ...contributionsRoutes,
  ...contractsRoutes,
  ...correctionsRoutes,
  ...continuityRoutes,
  ...paymentsRoutes,
  ...receivablesRoutes,
  ...requestsRoutes,
  ...savingsRoutes,
  ...noticesRoutes,
  ...ledgerRoutes,
} as const
