// The sentences of letters: their gaps, and what is asked for without being said.
import { expect, it } from 'vitest'
import { en } from '../../src/notices/words/en.ts'
import { fill } from '../../src/notices/words/words.ts'

it('a sentence is left out where nothing fills its gap', () => {
  expect(fill('Pay by {due}.', {})).toBeUndefined()
  expect(fill('{?unpaid}{!due}Pay {amount}.', { unpaid: 'yes', amount: '1' })).toBe('Pay 1.')
  expect(fill('{?unpaid}{!due}Pay {amount}.', { unpaid: 'yes', due: 'x', amount: '1' })).toBeUndefined()
})

it('a bill that is open is called less, and not money that is back; a shortage has its payment code and day', () => {
  const { what, next } = en.kinds['payer credit']
  const said = (sentences: readonly string[], gaps: Record<string, string>): string[] => sentences.flatMap((each) => fill(each, gaps) ?? [])
  const gaps = { month: 'May', why: 'a wage was corrected', amount: '7', payCode: '88' }
  expect(said([...what, ...next], { ...gaps, open: 'yes' })).toEqual([
    'The contributions for May were worked out again, because a wage was corrected. You owe 7 less. The bill for May is still open.',
    'What you owe less counts with what you pay, the oldest bill first. Pay the rest with your payment code 88.',
  ])
  expect(said(next, gaps)).toEqual(['It pays the next bill or month by itself. You need not do anything.'])
  expect(said(en.kinds['payer supplementary-bill'].next, { ...gaps, due: '15 June', unpaid: 'yes', corrected: 'yes' })).toEqual([
    'Pay by 15 June, with your payment code 88.',
    'The change takes effect once this is paid.',
  ])
})
