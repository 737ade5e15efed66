// Settings from outside: each mistake is told with the name of the setting and the remedy, and no password is ever shown.
import { expect, inject, test } from 'vitest'
import { readConfiguration } from '../../src/platform/configuration.ts'
import { addressFromUrl } from '../../src/platform/open-address.ts'
import { Trouble } from '../../src/platform/trouble.ts'

test('nothing has to be set', () => {
  expect(readConfiguration({})).toMatchObject({ databaseUrl: undefined, port: undefined, host: '127.0.0.1', proxies: [], key: undefined })
})

test('proxies are addresses and networks, separated by commas or spaces', () => {
  const { proxies } = readConfiguration({ PAYUNG_PROXIES: '127.0.0.1, 10.2.0.0/16 ::1,fd00::/8' })
  expect(proxies).toEqual(['127.0.0.1', '10.2.0.0/16', '::1', 'fd00::/8'])
})

test.each`
  name                | value                   | says
  ${'PORT'}           | ${'web'}                | ${/PORT is "web"/}
  ${'PORT'}           | ${'70000'}              | ${/PORT is "70000"/}
  ${'PORT'}           | ${'-1'}                 | ${/PORT is "-1"/}
  ${'DATABASE_URL'}   | ${'mysql://x:secret@y'} | ${/DATABASE_URL does not begin/}
  ${'PAYUNG_PROXIES'} | ${'true'}               | ${/PAYUNG_PROXIES names "true"/}
  ${'PAYUNG_PROXIES'} | ${'127.0.0.1, 2'}       | ${/PAYUNG_PROXIES names "2"/}
  ${'PAYUNG_PROXIES'} | ${'0.0.0.0/0'}          | ${/PAYUNG_PROXIES names "0\.0\.0\.0\/0"/}
  ${'PAYUNG_PROXIES'} | ${'10.0.0.0/33'}        | ${/PAYUNG_PROXIES names/}
  ${'PAYUNG_KEY'}     | ${'c2hvcnQ='}           | ${/PAYUNG_KEY is not 32 bytes/}
`('$name = $value is refused', ({ name, value, says }: { name: string; value: string; says: RegExp }) => {
  const read = () => readConfiguration({ [name]: value })
  expect(read).toThrow(Trouble)
  expect(read).toThrow(says)
  expect(read).not.toThrow(/secret/)
})

const troubleOf = async (url: string): Promise<Trouble> => {
  const error: unknown = await addressFromUrl(url, 'x').catch((thrown: unknown) => thrown)
  if (error instanceof Trouble) return error
  throw new Error(`no trouble: ${String(error)}`)
}

test('a database that cannot be reached is told with the variable and the remedy, without the password', async () => {
  const trouble = await troubleOf('postgres://me:hunter2@127.0.0.1:1/none')
  expect(trouble.message).toBe(
    'The database of DATABASE_URL (127.0.0.1:1, database "none", user "me") cannot be used: nothing answers at that host and port.',
  )
  expect(trouble.next).toContain('DATABASE_URL')
  expect(`${trouble.message}${trouble.next}`).not.toContain('hunter2')
})

test('a database that does not exist is told', async () => {
  const { host, admin } = inject('template')
  const trouble = await troubleOf(`postgres://${admin.user}@localhost/missing?host=${encodeURIComponent(host)}`)
  expect(trouble.message).toContain('that database does not exist')
})
