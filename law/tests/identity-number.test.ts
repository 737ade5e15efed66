// The national number: form, area, day of birth and sex. All numbers here are invented.
import type { Day } from '@payung/values'
import { describe, expect, test } from 'vitest'
import { type IdentityGiven, loadPack } from '../src/index.ts'

const pack = await loadPack('indonesia')
const on = '2026-11-21' as Day
const check = (text: string, given: Partial<IdentityGiven> = {}) => pack.rules.identityNumber?.(pack, text, { on, ...given })

describe('accepted', () => {
  test.each([
    // number               given                                            born          sex       notes
    ['3171011507900001', {}, '1990-07-15', 'male', 0],
    ['3171015507900001', {}, '1990-07-15', 'female', 0],
    ['3171 0155 0790 0001', { born: '1990-07-15', sex: 'female' }, '1990-07-15', 'female', 0],
    ['3171010101050001', {}, null, 'male', 0],
    ['3171010101050001', { born: '1905-01-01' }, '1905-01-01', 'male', 0],
    ['3171016902040001', { born: '2004-02-29' }, '2004-02-29', 'female', 0],
    ['5401011507700001', {}, '1970-07-15', 'male', 1],
    ['9199011507700001', {}, '1970-07-15', 'male', 1],
  ] as const)('%s %j', (text, given, born, sex, notes) => {
    const result = check(text, given as Partial<IdentityGiven>)
    expect(result).toMatchObject({ ok: true, value: { born, sex, number: text.replaceAll(' ', '') } })
    expect(result?.ok && result.value.notes).toHaveLength(notes)
  })
})

describe('refused', () => {
  test.each([
    ['15 digits', '317101150790001', {}, /16 digits/],
    ['letters', '31710115079O0001', {}, /16 digits/],
    ['no province', '0071011507900001', {}, /code of a province; 00/],
    ['serial 0000', '3171011507900000', {}, /serial from 0001/],
    ['31 February', '3171013102900001', {}, /day of birth/],
    ['day 40', '3171014001900001', {}, /day of birth/],
    ['day 72', '3171017201900001', {}, /day of birth/],
    ['another day of birth', '3171011507900001', { born: '1990-07-16' }, /another day of birth than 1990-07-16/],
    ['another sex', '3171015507900001', { sex: 'male' }, /tells that the person is female/],
  ] as const)('%s', (_, text, given, rule) => {
    const result = check(text, given as Partial<IdentityGiven>)
    expect(result && !result.ok && result.refusal.code).toBe('wrong-identity-number')
    expect(result && !result.ok && result.refusal.rule).toMatch(rule)
  })

  test('a refusal never repeats the whole number', () => {
    const result = check('3171015507900001', { sex: 'male' })
    expect(JSON.stringify(result)).not.toContain('3171015507900001')
  })
})
