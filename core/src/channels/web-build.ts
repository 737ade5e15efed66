// Builds the pages when their sources have changed since the last build, and only then.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Trouble } from '../platform/trouble.ts'

const sources = ['web', 'api/src', 'values/src', 'package-lock.json']
const made = new Set(['build', 'node_modules', '.react-router'])

function filesUnder(place: string): string[] {
  if (!fs.existsSync(place)) return []
  if (fs.statSync(place).isFile()) return [place]
  return fs
    .readdirSync(place)
    .filter((name) => !made.has(name))
    .sort()
    .flatMap((name) => filesUnder(path.join(place, name)))
}

/** One digest over names and contents of everything that the pages are made from. */
export function digestOfSources(root: string): string {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesUnder(path.join(root, source)))) {
    if (!file.includes('.test.')) hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/** Gives the folder of the build, made now if it is not that of today's sources. One that was cut short has no stamp and is made again. */
export async function buildPages(root: string, note: (line: string) => void): Promise<string> {
  const web = path.join(root, 'web')
  const build = path.join(web, 'build')
  const stamp = path.join(build, '.sources')
  const digest = digestOfSources(root)
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === digest) return build
  note('building the pages')
  fs.rmSync(stamp, { force: true })
  const program = path.join(root, 'node_modules', '@react-router', 'dev', 'bin.cjs')
  const child = spawn(
    process.execPath,
    [fs.existsSync(program) ? program : path.join(root, 'node_modules', '.bin', 'react-router'), 'build'],
    {
      cwd: web,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', FORCE_COLOR: '0' },
    },
  )
  const abandon = (): void => void child.kill()
  process.once('exit', abandon)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => {
      said = (said + piece.toString()).slice(-4000)
    })
  }
  const code = await new Promise<number | null>((done, failed) => child.once('error', failed).once('exit', (status) => done(status)))
  process.removeListener('exit', abandon)
  if (code !== 0) throw new Trouble(`The pages could not be built:\n${said.trim()}`, 'Correct what it names, then start again.')
  fs.writeFileSync(stamp, digest)
  return build
}
