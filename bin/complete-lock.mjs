#!/usr/bin/env node
// Adds to package-lock.json the builds for other systems that npm leaves out when it locks with a registry (or from a
// node_modules) that does not have them. Without them `npm ci` refuses the lock on every machine. Run it after changing
// dependencies: node bin/complete-lock.mjs

import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const path = join(dirname(fileURLToPath(import.meta.url)), '..', 'package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8'))
const systems = ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openharmony']
const machines = ['arm64', 'x64', 'ia32', 'arm', 'riscv64', 'ppc64', 's390x']
const wordOf = (name, words) => words.filter((word) => name.split(/[-/]/).includes(word)).slice(0, 1)

let added = 0
for (const [where, entry] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (lock.packages[`node_modules/${name}`] || lock.packages[`${where}/node_modules/${name}`]) continue
    const [os, cpu] = [wordOf(name, systems), wordOf(name, machines)]
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu.length && { cpu }),
      ...(entry.dev && { dev: true }),
      optional: true,
      ...(os.length && { os }),
    }
    added++
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
process.stdout.write(`${added} builds for other systems added to package-lock.json.\n`)
