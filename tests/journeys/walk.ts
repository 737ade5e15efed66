// What a file of journeys walks with: one browser, and the real server on the small land, opened before its tests and closed after them.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { journeyServer } from './server.ts'

type Opened = Awaited<ReturnType<typeof journeyServer>>
type Walk = Omit<Opened, 'close'> & { readonly browser: Browser }

/** Call it once at the top of a file; what it gives is there as soon as the tests run. */
export function walk(): Walk {
  let browser: Browser | undefined
  let server: Opened | undefined
  beforeAll(async () => {
    browser = await launchBrowser()
    server = await journeyServer()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })
  const there = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('a journey walks in its tests, not before them')
    return value
  }
  return {
    get browser() {
      return there(browser)
    },
    get url() {
      return there(server).url
    },
    get numbers() {
      return there(server).numbers
    },
    get scheme() {
      return there(server).scheme
    },
  }
}
