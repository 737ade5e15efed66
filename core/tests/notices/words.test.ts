// The sentences of letters: their gaps, and what is asked for without being said.
import { expect, it } from 'vitest'
import { fill } from '../../src/notices/words/words.ts'

it('a sentence is left out where nothing fills its gap', () => {
  expect(fill('Pay by {due}.', {})).toBeUndefined()
  expect(fill('{?unpaid}{!due}Pay {amount}.', { unpaid: 'yes', amount: '1' })).toBe('Pay 1.')
  expect(fill('{?unpaid}{!due}Pay {amount}.', { unpaid: 'yes', due: 'x', amount: '1' })).toBeUndefined()
})
