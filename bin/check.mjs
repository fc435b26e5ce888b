// `npm test`: every check of the house, one after the other, on a laptop and in CI alike. A readable list; it closes with
// one plain line over all suites. `npm test -- unit browser` runs some of them.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

const results = mkdtempSync(join(tmpdir(), 'regulars-check-'))
const unitReport = join(results, 'unit.json')
const browserReport = join(results, 'browser.json')

const checks = [
  { name: 'lint', command: ['biome', 'check', '--error-on-warnings', '--log-level=error'] },
  { name: 'types', command: ['npm', 'run', '-s', 'types'] },
  { name: 'house', command: ['npm', 'run', '-s', 'house'] },
  { name: 'unused', command: ['knip', '--no-progress'] },
  { name: 'tables', command: ['npm', 'run', '-s', 'tables', '--', '--verify'] },
  {
    name: 'unit',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    count: countUnit,
  },
  {
    name: 'browser',
    command: ['playwright', 'test'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport },
    count: countBrowser,
  },
]

const wanted = process.argv.slice(2)
const total = { passed: 0, failed: 0, skipped: 0 }
/** What failed, a line each: said once more at the very end, where a log that is cut off still shows it. */
const failures = []
for (const check of checks) {
  if (wanted.length > 0 && !wanted.includes(check.name)) continue
  const began = Date.now()
  process.stdout.write(`\n── ${check.name}\n`)
  const code = await run(check)
  const counted = check.count ? check.count() : undefined
  const counts = counted ?? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  // A runner that ends badly without a failed test (a crash, a hook) is a failure too.
  if (code !== 0 && counts.failed === 0) counts.failed = 1
  for (const key of Object.keys(total)) total[key] += counts[key]
  if (code !== 0) failures.push(...(counts.failures?.length ? counts.failures : [check.name]))
  process.stdout.write(
    `── ${check.name}: ${code === 0 ? 'ok' : 'FAILED'}, ${((Date.now() - began) / 1000).toFixed(1)} s\n`,
  )
}
rmSync(results, { recursive: true, force: true })
if (failures.length > 0) process.stdout.write(`\nFailed:\n${failures.map((line) => `  ${line}\n`).join('')}`)
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
process.exitCode = total.failed > 0 ? 1 : 0

function run({ command: [program, ...args], env }) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } })
    child.on('error', () => resolve(127))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

function countUnit() {
  const report = read(unitReport)
  return (
    report && {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
      failures: report.testResults.flatMap(failedOfFile),
    }
  )
}

function countBrowser() {
  const report = read(browserReport)
  const stats = report?.stats
  return (
    stats && {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
      failures: report.suites.flatMap(failedOfSuite),
    }
  )
}

/** A file that did not get as far as its tests has a message of its own. */
function failedOfFile({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (failed.length === 0) return status === 'failed' ? [`${relative('.', name)}: ${firstLine(message)}`] : []
  return failed.map((test) => `${relative('.', name)} › ${test.fullName}: ${firstLine(test.failureMessages[0])}`)
}

function failedOfSuite({ specs = [], suites = [] }) {
  const failed = specs.filter((spec) => !spec.ok)
  return [
    ...failed.map((spec) => `test/browser/${spec.file} › ${spec.title}: ${firstLine(messageOf(spec))}`),
    ...suites.flatMap(failedOfSuite),
  ]
}

function messageOf({ tests }) {
  return tests.flatMap((test) => test.results).find((result) => result.error)?.error.message
}

function firstLine(text = '') {
  return stripVTControlCharacters(text).trim().split('\n', 1)[0].slice(0, 300)
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
