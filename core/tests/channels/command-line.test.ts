// The command line: what it prints is the answer alone, a refusal ends with 2, a failure with 1 and no stack.
import { expect, test } from 'vitest'
import { runCommandLine } from '../../src/channels/command-line.ts'
import { later } from '../../src/channels/house.ts'

async function run(...line: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const into = (name: 'out' | 'err') => ({
    write: (text: string) => {
      said[name] += text
    },
  })
  const code = await runCommandLine(line, { out: into('out'), err: into('err') })
  return { code, ...said }
}

test('help names every command and is an answer', async () => {
  const { code, out, err } = await run('help')
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/payung actor add[\s\S]*payung clock forward[\s\S]*payung law/)
})

test.each(['month', 'clock', 'register'])('%s --help names the commands of the group and is an answer', async (group) => {
  const { code, out, err } = await run(group, '--help')
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(new RegExp(`^  payung ${group} [\\s\\S]*Each takes --help`))
})

test('a command has its own help', async () => {
  const { code, out } = await run('actor', 'add', '--help')
  expect(code).toBe(0)
  expect(out).toMatch(/--kind <kind> +staff, member, organisation, partner, system \(required\)/)
})

test.each`
  line                                              | code                 | says
  ${'acter add'}                                    | ${'unknown-command'} | ${/Perhaps: payung actor add/}
  ${'clock shw'}                                    | ${'unknown-command'} | ${/payung clock show/}
  ${'clock'}                                        | ${'unknown-command'} | ${/payung clock show, payung clock forward, payung clock set/}
  ${'actor add --kind staff'}                       | ${'wrong-usage'}     | ${/--name is required/}
  ${'actor add --kind staff --name A --colour red'} | ${'wrong-usage'}     | ${/--colour/}
  ${'actor add --kind dog --name A'}                | ${'wrong-usage'}     | ${/no kind of actor/}
  ${'actor add --kind --name A'}                    | ${'wrong-usage'}     | ${/--kind needs a value/}
  ${'pay --amount -3'}                              | ${'wrong-usage'}     | ${/A payment has a code/}
  ${'letters'}                                      | ${'wrong-usage'}     | ${/Name a number, or write --overdue/}
  ${'actor list now'}                               | ${'wrong-usage'}     | ${/options only/}
  ${'month close 2027-99'}                          | ${'wrong-usage'}     | ${/2027-99 is no month[\s\S]*payung month close 2026-10/}
  ${'month run October'}                            | ${'wrong-usage'}     | ${/YYYY-MM[\s\S]*payung month run 2026-10/}
`('$line is refused with $code', async ({ line, code, says }: { line: string; code: string; says: RegExp }) => {
  const plain = await run(...line.split(' '))
  const json = await run(...line.split(' '), '--json')
  expect([plain.code, plain.out, json.code, json.err]).toEqual([2, '', 2, ''])
  expect(plain.err).toMatch(says)
  expect(JSON.parse(json.out)).toMatchObject({
    refusal: { code, rule: expect.any(String), data: expect.any(Object), next: expect.any(String) },
  })
})

test.each`
  span      | from                      | to
  ${'30d'}  | ${'2026-01-31T03:00:00Z'} | ${'2026-03-02T03:00:00.000Z'}
  ${'1m'}   | ${'2026-01-31T03:00:00Z'} | ${'2026-02-28T03:00:00.000Z'}
  ${'2w'}   | ${'2026-01-31T03:00:00Z'} | ${'2026-02-14T03:00:00.000Z'}
  ${'1y'}   | ${'2024-02-29T03:00:00Z'} | ${'2025-02-28T03:00:00.000Z'}
  ${'soon'} | ${'2026-01-31T03:00:00Z'} | ${undefined}
`('$span after $from is $to', ({ span, from, to }: { span: string; from: string; to: string | undefined }) => {
  expect(later(new Date(from), span, 'Asia/Jakarta')?.toISOString()).toBe(to)
})
