// The only file of the generator that reaches into the system: the use cases it acts through, by the front doors of the rooms.
export {
  amendContract,
  approveCorrection,
  billCode,
  checkChangedMonths,
  checkControl,
  closeMonth,
  decideReinstatement,
  installCoverRules,
  openMonth,
  openReinstatement,
  type PayerWageRow,
  type ProposedCorrection,
  proposeCorrection,
  reassessMonth,
  reassessPrepaid,
  receivableDue,
  registerContracts,
  reportWagesOfMany,
  runMonth,
  showDifference,
  splitBill,
  warnLatePayers,
} from '@payung/core/contributions'
export { countCover, countMonths, installPopulation, keepNation, type Nation, sponsored } from '@payung/core/coverage'
export { addActor } from '@payung/core/identity'
export { installAccounts } from '@payung/core/ledger'
export { lettersOfPayer, markTold, tellLetters } from '@payung/core/notices'
export {
  allocatePayment,
  askRequest,
  billingBy,
  decideRequest,
  gatherPayments,
  markOrderPaid,
  recordPayments,
  sealSender,
  takeQueued,
} from '@payung/core/payments'
export {
  type Actor,
  type Answer,
  answer,
  type Caller,
  type Command,
  type CommandContext,
  inTransaction,
  misuse,
  type Platform,
  type Progress,
  readAs,
  setClock,
  systemActor,
  Trouble,
  type Tx,
  writeSetting,
} from '@payung/core/platform'
export { openBeside } from '@payung/core/platform/beside'
export {
  askRegistered,
  endMemberships,
  installScheme,
  mergePersons,
  moveMembership,
  type NewMembership,
  paymentCode,
  readRegionFiles,
  registerMemberships,
  registerOrganisations,
  registerPersons,
  reportDeath,
  takeBackEnds,
  unmergePersons,
} from '@payung/core/registry'
export { askEntry, careForSavings, decideEntry, declareRates, type EntryAsked, readAccount } from '@payung/core/savings'
