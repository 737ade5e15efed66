// The only file of the generator that reaches into the system: the use cases it acts through, by the front doors of the rooms.
export {
  closeMonth,
  installCoverRules,
  openMonth,
  type PayerWageRow,
  receivableDue,
  registerContracts,
  reportWagesOfMany,
  runMonth,
} from '@payung/core/contributions'
export { countCover, countMonths, installPopulation, keepNation, type Nation, sponsored } from '@payung/core/coverage'
export { installAccounts } from '@payung/core/ledger'
export { billingBy, recordPayments } from '@payung/core/payments'
export {
  type Answer,
  answer,
  type Caller,
  type Command,
  type CommandContext,
  inTransaction,
  misuse,
  type Platform,
  type Progress,
  setClock,
  systemActor,
  Trouble,
  type Tx,
  writeSetting,
} from '@payung/core/platform'
export { openBeside } from '@payung/core/platform/beside'
export {
  endMemberships,
  installScheme,
  paymentCode,
  readRegionFiles,
  registerMemberships,
  registerOrganisations,
  registerPersons,
} from '@payung/core/registry'
export { careForSavings, declareRates } from '@payung/core/savings'
