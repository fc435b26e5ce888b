#!/usr/bin/env node
// Makes a fresh checkout ready: libraries (with Node 24 among them) and the built web app. Plain JavaScript for a bare
// Node 20 with nothing installed. Runs before `npm start`, `npm test` and `npm run dev`; does nothing where all is new.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { argv, env, execPath, exit, platform, versions } from 'node:process'
import { fileURLToPath } from 'node:url'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const inHome = (...parts) => join(home, ...parts)
const nodeMajor = Number(versions.node.split('.')[0])

/** The path of a Node 24 or newer: the installed one, or this very one. Undefined before the first install. */
export function findNode() {
  const installed = inHome('node_modules', '.bin', platform === 'win32' ? 'node.cmd' : 'node')
  if (nodeMajor >= 24) return execPath
  return existsSync(installed) ? installed : undefined
}

/** Installs the libraries where they are missing or older than package-lock.json. Ends the process where it cannot. */
export function install() {
  refuseWhatCannotWork()
  if (isInstalled()) return
  say('Installing the libraries. This takes one or two minutes, once.')
  const { status } = npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error')
  if (status !== 0) fail('Installing the libraries failed; the lines above say why. Once mended, run the same again.')
  writeFileSync(stamp(), lockHash())
  if (!findNode()) fail(`${needsNode24()} Install Node 24 (https://nodejs.org), then run the same again.`)
}

/** Builds the web app where it is missing or its sources have changed. */
export function buildWeb() {
  if (!existsSync(inHome('src', 'web', 'vite.config.ts'))) return
  const mark = inHome('dist', 'web', '.built-from')
  const sources = webHash()
  if (existsSync(mark) && readFileSync(mark, 'utf8') === sources) return
  say('Building the web app. This takes some seconds, after each update.')
  const { status } = npm('run', '--silent', 'build')
  if (status !== 0) fail('Building the web app failed; the lines above say why.')
  mkdirSync(dirname(mark), { recursive: true })
  writeFileSync(mark, sources)
}

function refuseWhatCannotWork() {
  if (nodeMajor < 20) fail(`Regulars needs Node 20 or newer, and this is ${versions.node}. See https://nodejs.org`)
  if (platform === 'win32' && !env.CLICKHOUSE_URL) {
    fail(
      'On Windows, run Regulars inside WSL2 (https://learn.microsoft.com/windows/wsl/install), ' +
        'or set CLICKHOUSE_URL to a ClickHouse server: the bundled one has no build for Windows.',
    )
  }
  if (!['x64', 'arm64'].includes(process.arch)) fail(`Regulars runs on x64 and arm64; this machine is ${process.arch}.`)
  const bringsNode = ['linux-x64', 'linux-arm64', 'darwin-x64', 'win32-x64'].includes(`${platform}-${process.arch}`)
  if (!bringsNode && nodeMajor < 24) {
    fail(`${needsNode24()} Install Node 24 (https://nodejs.org), then run the same again.`)
  }
}

const needsNode24 = () =>
  `Regulars runs on Node 24, this is ${versions.node}, and none can be brought along for this system.`

const stamp = () => inHome('node_modules', '.regulars-installed')
const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(inHome('package-lock.json')))
    .digest('hex')

function isInstalled() {
  if (existsSync(stamp())) return readFileSync(stamp(), 'utf8') === lockHash()
  // Installed by hand with npm, which writes this file last.
  const byNpm = inHome('node_modules', '.package-lock.json')
  return existsSync(byNpm) && statSync(byNpm).mtimeMs >= statSync(inHome('package-lock.json')).mtimeMs
}

/** What the web app is made of: pages, messages, contracts, the platform's shared files, and the libraries. */
function webHash() {
  const hash = createHash('sha256').update(lockHash())
  const isPart = (path) =>
    !/\.test\.tsx?$/.test(path) &&
    (/(^|\/)(web|messages)\//.test(path) ||
      /(^|\/)contract\.ts$/.test(path) ||
      /^platform\/([^/]+|(i18n|contract)\/.+)$/.test(path))
  hash.update(readFileSync(inHome('sdk', 'browser', 'tracker.ts')))
  const src = inHome('src')
  const files = readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(src.length + 1))
    .filter((path) => isPart(path.split(sep).join('/')))
  for (const path of files.sort())
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(src, path)))
      .update('\0')
  return hash.digest('hex')
}

function npm(...args) {
  // Under `npm start` this names npm's own program, which needs no shell and no search.
  const program = env.npm_execpath?.endsWith('.js') ? [execPath, env.npm_execpath] : ['npm']
  const [command, ...first] = program
  const shell = platform === 'win32' && command === 'npm'
  const ran = spawnSync(command, [...first, ...args], { cwd: home, stdio: 'inherit', shell })
  if (ran.error) fail(`npm could not be run (${ran.error.message}). It comes with Node: https://nodejs.org`)
  return ran
}

function say(line) {
  process.stderr.write(`${line}\n`)
}

function fail(line) {
  say(line)
  exit(1)
}

if (argv[1] && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) {
  install()
  // Vite serves the pages from their sources while developing.
  if (env.npm_lifecycle_event !== 'predev') buildWeb()
}
