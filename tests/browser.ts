// A real browser for journeys: a Chromium of the machine, else the one inside a package, unpacked once for this clone.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

const candidates = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const parameters = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  // Pages of one visitor share a process: starting one takes longer than what it then does.
  '--process-per-site',
]
const folder = path.resolve(import.meta.dirname, '..', '.payung-browser')

/** The package unpacks into the shared temporary folder, not atomically; so it gets a temporary folder of its own, which is then renamed. */
async function unpacked(): Promise<string> {
  const program = path.join(folder, 'chromium')
  if (fs.existsSync(program)) return program
  const draft = fs.mkdtempSync(`${folder}-`)
  const before = process.env.TMPDIR
  process.env.TMPDIR = draft
  try {
    const { default: bundle, inflate } = await import('@sparticuz/chromium')
    await bundle.executablePath()
    const libraries = path.join(path.dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..', 'bin', 'al2023.tar.br')
    if (fs.existsSync(libraries)) await inflate(libraries)
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  try {
    fs.renameSync(draft, folder)
  } catch {
    // Another worker was first.
    fs.rmSync(draft, { recursive: true, force: true })
  }
  return program
}

/** Starts the browser. Where the machine lacks libraries that it needs, those of the package are used. */
export async function launchBrowser(): Promise<Browser> {
  const found = candidates.find((program) => program && fs.existsSync(program))
  if (found) return chromium.launch({ executablePath: found, args: parameters })
  const program = await unpacked()
  const lacking = /not found/.test(execFileSync('ldd', [program], { encoding: 'utf8' }))
  const bundled = { LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: path.join(folder, 'fonts') }
  const environment = Object.fromEntries(
    Object.entries({ ...process.env, ...(lacking ? bundled : {}) }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  )
  return chromium.launch({ executablePath: program, args: parameters, env: environment })
}
