// Settings from outside: each mistake is told with the name of the setting and the remedy, and no password is ever shown.
import net from 'node:net'
import { describe, expect, inject, test } from 'vitest'
import { readConfiguration } from '../../src/platform/configuration.ts'
import { addressFromUrl } from '../../src/platform/open-address.ts'
import { databaseTrouble, Trouble } from '../../src/platform/trouble.ts'

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

const troubleOf = async (url: string, patience?: number): Promise<Trouble> => {
  const error: unknown = await addressFromUrl(url, 'x', patience).catch((thrown: unknown) => thrown)
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

describe('what listens at the address', () => {
  /** Something at a port of its own that treats each connection as told; gives what is said of it. */
  const saidOf = async (treat: (socket: net.Socket) => void): Promise<Trouble> => {
    const sockets = new Set<net.Socket>()
    const server = net.createServer((socket) => {
      sockets.add(socket.on('error', () => undefined))
      treat(socket)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as net.AddressInfo
    try {
      return await troubleOf(`postgres://me:hunter2@127.0.0.1:${port}/some`, 300)
    } finally {
      for (const socket of sockets) socket.destroy()
      server.close()
    }
  }
  /** A message of the protocol: its letter, its length, its body. */
  const message = (letter: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(5)
    head.write(letter)
    head.writeInt32BE(body.length + 4, 1)
    return Buffer.concat([head, body])
  }
  const column = (name: string, type: number): Buffer => {
    const rest = Buffer.alloc(18)
    rest.writeInt32BE(type, 6)
    return Buffer.concat([Buffer.from(`${name}\0`), rest])
  }
  const cell = (text: string): Buffer => {
    const length = Buffer.alloc(4)
    length.writeInt32BE(text.length)
    return Buffer.concat([length, Buffer.from(text)])
  }
  const ready = message('Z', Buffer.from('I'))
  /** Lets everybody in, and answers the question for its version. */
  const old = (socket: net.Socket): void => {
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', Buffer.alloc(4)), ready]))
      socket.on('data', (asked: Buffer) => {
        if (asked.toString('latin1', 0, 1) !== 'Q') return
        const two = Buffer.from([0, 2])
        const columns = message('T', Buffer.concat([two, column('version', 23), column('shown', 25)]))
        const row = message('D', Buffer.concat([two, cell('16'), cell('16.4')]))
        socket.write(Buffer.concat([columns, row, message('C', Buffer.from('SELECT 1\0')), ready]))
      })
    })
  }

  test.each`
    what                         | treat                                                                                    | says
    ${'is silent'}               | ${() => undefined}                                                                       | ${/cannot be used: something takes the connection there and does not answer/}
    ${'hangs up'}                | ${(socket: net.Socket) => socket.destroy()}                                              | ${/cannot be used/}
    ${'speaks something else'}   | ${(socket: net.Socket) => socket.once('data', () => socket.end('HTTP/1.1 400\r\n\r\n'))} | ${/as if it were no PostgreSQL/}
    ${'is a PostgreSQL too old'} | ${old}                                                                                   | ${/is PostgreSQL 16.4; Payung needs 17 or later/}
  `('$what: that is told, with place and remedy', async ({ treat, says }: { treat: (socket: net.Socket) => void; says: RegExp }) => {
    const trouble = await saidOf(treat)
    expect(trouble.message).toMatch(says)
    expect(trouble.message).toMatch(/DATABASE_URL \(127.0.0.1:\d+, database "some", user "me"\)/)
    expect(trouble.next).toContain('DATABASE_URL')
    expect(`${trouble.message}${trouble.next}`).not.toContain('hunter2')
  })
})

test.each`
  thrown                                                                                        | says
  ${Object.assign(new Error('could not extend file "base/1/2"'), { code: '53100' })}            | ${/The disk of the database \(\/data\) is full: could not extend/}
  ${new Error('could not write to file "pg_wal/x": No space left on device')}                   | ${/is full/}
  ${new Error('a step failed', { cause: Object.assign(new Error('full'), { code: '53100' }) })} | ${/is full/}
  ${new Error('Connection terminated unexpectedly')}                                            | ${/\(\/data\) stopped while it was at work/}
  ${Object.assign(new Error('terminating connection'), { code: '57P02' })}                      | ${/stopped while it was at work/}
  ${new Error('a mistake of ours')}                                                             | ${null}
`('a failing database is told apart from a mistake: $thrown', ({ thrown, says }: { thrown: Error; says: RegExp | null }) => {
  const trouble = databaseTrouble(thrown, '/data')
  if (says === null) expect(trouble).toBeUndefined()
  else expect([trouble?.message, trouble?.next]).toEqual([expect.stringMatching(says), expect.stringContaining('disk')])
})
