// `payung queue`: money that names nobody, how old it is, who looks after it, and whose it may be. Sending it back is a request.
import type { Law } from '@payung/law'
import type { Result } from '@payung/values'
import { type Answer, answer, type Command, type CommandContext, misuse, readAs, systemActor, table } from '../platform/index.ts'
import { paymentCode } from '../registry/index.ts'
import { openSender } from './sender.ts'
import { pageOfQueue } from './store.ts'
import { proposePayers, queueFacts } from './use-cases/clear-queue.ts'

const caller = { role: 'run', actor: systemActor } as const

async function showQueue(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const platform = await context.platform()
  const rows = await readAs(platform, caller, async (tx) => {
    const page = await pageOfQueue(tx, 0n, 1000)
    const facts = await queueFacts(tx, tx.today(law.pack.timeZone), page)
    if (page.some(({ sender }) => sender !== null))
      tx.look(null, 'payment queue', 'command line', { payments: page.map(({ paymentId }) => paymentId.toString()) })
    return page.map(({ sender, ...row }) => ({
      ...row,
      sender: openSender(platform.encryption, sender?.sealed ?? null),
      ageDays: facts.get(row.paymentId)?.ageDays ?? 0,
      owner: facts.get(row.paymentId)?.owner ?? null,
    }))
  })
  return answer(
    rows,
    rows.length === 0
      ? 'the queue is empty'
      : table(
          ['payment', 'channel', 'day', 'external id', 'code', 'amount', 'sender', 'days', 'owner'],
          rows.map((row) => [
            row.paymentId,
            row.channel,
            row.day,
            row.externalId,
            row.code,
            row.amount,
            row.sender ?? '–',
            row.ageDays,
            row.owner ?? '–',
          ]),
        ),
  )
}

async function showProposals(context: CommandContext): Promise<Result<Answer>> {
  const [payment = ''] = context.words
  if (!/^\d{1,18}$/.test(payment)) return misuse('Proposals are for a payment.', { payment }, 'Write: payung queue proposals 17.')
  const found = await readAs(await context.platform(), caller, (tx) => proposePayers(tx, BigInt(payment)))
  if (!found.ok) return found
  return answer(
    found.value,
    found.value.length === 0
      ? 'nothing points to anybody; ask the bank who sent it'
      : table(
          ['payer', 'code', 'because', 'bill'],
          found.value.map(({ payerId, reasons, billId }) => [payerId, paymentCode(payerId), reasons.join(', '), billId ?? '–']),
        ),
  )
}

export const queueCommandsOf = (law: Law): readonly Command[] => [
  { name: 'queue', summary: 'money whose code names nobody', options: {}, run: (context) => showQueue(context, law) },
  { name: 'queue proposals', summary: 'whose money a queued payment may be', words: '<payment>', options: {}, run: showProposals },
]
