// Clients in a thread of their own: each asks the next question as soon as the last is answered, over a connection that it keeps. What
// they take from the server's thread is nothing, so that its latencies are its own.
import http from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

export type Asked = {
  readonly port: number
  readonly token: string
  readonly clients: number
  readonly paths: readonly string[]
}

const { port, token, clients, paths } = workerData as Asked
const agent = new http.Agent({ keepAlive: true, maxSockets: clients })

const ask = (path: string): Promise<void> =>
  new Promise((answered, fail) => {
    const request = http.get({ host: '127.0.0.1', port, path, agent, headers: { authorization: `Bearer ${token}` } }, (reply) => {
      let said = ''
      reply.setEncoding('utf8')
      reply.on('data', (part: string) => (said += part))
      reply.on('end', () => (reply.statusCode === 200 ? answered() : fail(new Error(`${path}: ${reply.statusCode} ${said}`))))
    })
    request.on('error', fail)
  })

const latencies: number[] = []
let next = 0
const from = performance.now()
await Promise.all(
  Array.from({ length: clients }, async () => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++]) {
      const began = performance.now()
      await ask(path)
      latencies.push(performance.now() - began)
    }
  }),
)
agent.destroy()
parentPort?.postMessage({ latencies, seconds: (performance.now() - from) / 1000 })
