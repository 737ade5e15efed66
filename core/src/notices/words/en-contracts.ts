// The words of letters about premium contracts, in English.
import type { ContractLetterKey } from '../domain/kinds.ts'
import type { KindWords } from './words.ts'

export const contractLetters: Readonly<Record<ContractLetterKey, KindWords>> = {
  'payer contract-supplement': {
    title: 'The premium for {contract} is higher',
    what: ['An addendum changed the terms of {contract}. It lasts from {firstDay} to {lastDay}. The premium is higher by {amount}.'],
    next: [
      'Pay by {due}, with your usual payment code.',
      '{?unpaid}{!due}Pay with your usual payment code.',
      'This was paid on {paidOn}. You need not pay again.',
      'If you do not know of this addendum, tell our office at once.',
    ],
  },
  'payer contract-refund': {
    title: 'The premium for {contract} is lower',
    what: ['An addendum changed the terms of {contract}. It lasts from {firstDay} to {lastDay}. {amount} is your money again.'],
    next: [
      'It pays what is still open by itself. You need not do anything.',
      'If nothing more is to be paid, you can ask our office to pay it back.',
    ],
  },
  'payer certificate-ready': {
    title: 'The certificate for {contract} is ready',
    what: ['The first payment for {contract} has come. The certificate shows cover from {firstDay} to {lastDay} for those named under it.'],
    next: [
      'You can have it printed at our office. Anybody can check it with its number on our site.',
      'Tell us of everybody who begins or leaves: cover is for those who are named.',
    ],
  },
  'payer contract-changed': {
    title: 'The terms of {contract} have changed',
    what: ['An addendum changed the terms of {contract}. It lasts from {firstDay} to {lastDay}. The premium stays the same.'],
    next: [
      'Nothing more is to be paid for this change. What you still owed before is due as before.',
      'Cover moves with the dates. If you have hung up the certificate, print it again: the new dates stand on it.',
      'If you do not know of this addendum, tell our office at once.',
    ],
  },
  'payer certificate-revoked': {
    title: 'The certificate for {contract} is not in force',
    what: [
      'The money of your first payment for {contract} went back on {revokedOn}, so that this payment is open again.',
      'As long as it is, certificate number {certificate} is not in force, and the contract covers nobody.',
    ],
    next: [
      '{amount} is to be paid, with your usual payment code; money of yours that we hold counts. From the day it is paid the certificate is in force again.',
      'Do not show the certificate until then: whoever checks its number sees that it is not in force.',
      'If you do not know why the money went back, tell our office at once and bring this letter.',
    ],
  },
}
