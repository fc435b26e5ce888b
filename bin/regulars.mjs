#!/usr/bin/env node
// `npx regulars …` and `npm start`: runs src/main.ts under Node 24, whichever Node this is.

import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode, install } from './install.mjs'

install()
const node = findNode()
const main = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'main.ts')
// A small young generation: an import makes and drops many short-lived rows, and its memory stays below 400 MB.
const command = ['--max-semi-space-size=4', '--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)]

// Becoming the program, where Node can, leaves nothing between it and its signals.
if (process.execve && process.platform !== 'win32') process.execve(node, [node, ...command], process.env)

const child = spawn(node, command, { stdio: 'inherit' })
process.on('SIGTERM', () => child.kill('SIGTERM'))
process.on('SIGINT', () => {
  // Ctrl-C in a terminal reaches the child by itself; a second one would mean "at once" to it.
  if (!process.stdin.isTTY) child.kill('SIGINT')
})
child.once('error', (error) => {
  process.stderr.write(`Node 24 could not be run (${error.message}). Delete node_modules and run the same again.\n`)
  process.exit(1)
})
child.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)))
