// The front door of contributions.
import type { Law } from '@payung/law'
import type { Room } from '../platform/index.ts'
import { commandsFor } from './commands.ts'
import { correctionCommands } from './correction-commands.ts'
import type { CorrectionDone } from './events.ts'
import { dailiesFor, tasksFor } from './jobs.ts'
import { handlersFor } from './routes.ts'
import { acceptWhatTheRegistryTells } from './use-cases/accept-memberships.ts'
import { continueDeactivated } from './use-cases/finish-corrections.ts'

export { billCode, billOfCode } from './domain/bill-code.ts'
export { billId, payerOfBill } from './domain/bill-number.ts'
export { type CoverFacts, type CoverRule, type CoverState, decideCover, type ProgrammeCover } from './domain/cover.ts'
export type * from './events.ts'
export { claimOf } from './store/noted-claims.ts'
export { type ControlRow, readControls } from './store/reading.ts'
export { type SharesOf, selectShares } from './store/shares.ts'
export { type Amendment, amendContract } from './use-cases/amend-contract.ts'
export { type AskedInstalment, billDeferred, billDeferredOf, type DeferredBills } from './use-cases/bill-deferred.ts'
export { calculateBill } from './use-cases/calculate-bill.ts'
export { type Certificate, certifyContract } from './use-cases/certify-contract.ts'
export { checkChangedMonths } from './use-cases/check-changed-months.ts'
export { type Control, checkControl } from './use-cases/check-control.ts'
export { closeMonth } from './use-cases/close-month.ts'
export { type Approved, approveCorrection, refuseCorrection, withdrawCorrection } from './use-cases/decide-correction.ts'
export { decideReinstatement } from './use-cases/decide-reinstatement.ts'
export { endableDebt, endDebt } from './use-cases/end-debt.ts'
export { ensureTariff } from './use-cases/ensure-tariff.ts'
export { findUnbilled } from './use-cases/find-unbilled.ts'
export { installCoverRules } from './use-cases/install-cover-rules.ts'
export { fundsOf, type Issued, issueBills, receivableDue } from './use-cases/issue-bills.ts'
export { monthsAhead, nextOffers, type Offer } from './use-cases/next-offers.ts'
export { openMonth } from './use-cases/open-month.ts'
export { openReinstatement, type ReinstatementRequest } from './use-cases/open-reinstatement.ts'
export { type Prices, priceMonths } from './use-cases/price-months.ts'
export { type ProposedCorrection, proposeCorrection } from './use-cases/propose-correction.ts'
export { publicCertificate } from './use-cases/public-certificate.ts'
export { publicCover } from './use-cases/public-cover.ts'
export { type PaidShare, type PaidWithin, readShares } from './use-cases/read-shares.ts'
export { type ReassessReport, reassessMonth } from './use-cases/reassess-month.ts'
export { type Reassessed, reassessAllPrepaid, reassessPrepaid } from './use-cases/reassess-prepaid.ts'
export { type NewContract, registerContracts } from './use-cases/register-contracts.ts'
export { reopenBills } from './use-cases/reopen-bills.ts'
export { type PayerWageRow, reportWages, reportWagesOfMany, type WageReport, type WageResult } from './use-cases/report-wages.ts'
export { reportWorkers, type WorkerRow } from './use-cases/report-workers.ts'
export { type RunOptions, type RunReport, runMonth } from './use-cases/run-month.ts'
export { type PaidBill, settleBills } from './use-cases/settle-bills.ts'
export { type SettledBill, settleOffers } from './use-cases/settle-offers.ts'
export { type ArrearsAnswer, type ArrearsQuestion, showArrears } from './use-cases/show-arrears.ts'
export { showBillAsKnown } from './use-cases/show-bill-as-known.ts'
export { showContract } from './use-cases/show-contract.ts'
export { showDifference } from './use-cases/show-corrections.ts'
export { type MembershipCover, showCover } from './use-cases/show-cover.ts'
export { type InstalmentState, type Instalments, showInstalments } from './use-cases/show-instalments.ts'
export { splitAmounts } from './use-cases/split-amounts.ts'
export { type AskedSplit, type SplitDone, splitBill } from './use-cases/split-bill.ts'
export { paidAfter, type TakenMonth, takeBackMonths } from './use-cases/take-back-months.ts'
export { acceptTakenMemberships } from './use-cases/take-memberships.ts'
export { warnLatePayers } from './use-cases/warn-late-payers.ts'

/** The room for a scheme: everything that the channels offer of it. */
export const roomWith = (law: Law): Room => ({
  name: 'contributions',
  commands: [...commandsFor(law), ...correctionCommands(law)],
  handlers: handlersFor(law),
  tasks: tasksFor(law),
  dailies: dailiesFor(law),
  subscribe: (subscribers) => {
    subscribers.on('correction-done', (tx, event) => continueDeactivated(tx, law, event.detail as CorrectionDone))
    for (const [kind, subscriber] of acceptWhatTheRegistryTells(law)) subscribers.on(kind, subscriber)
  },
})
