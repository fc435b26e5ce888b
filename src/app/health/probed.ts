import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { type Config, readConfig } from '#platform/config.ts'
import type { Finding } from './finding.ts'

/** A data folder for each test, and the configuration of a house in it. */
export function useMachine(): { dataDir(): string; configOf(settings?: Record<string, string>): Config } {
  let dataDir: string
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'regulars-doctor-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true }))
  return {
    dataDir: () => dataDir,
    configOf: (settings = {}) => readConfig({ REGULARS_DATA: dataDir, PORT: '0', ...settings }, dataDir),
  }
}

export const codes = (findings: Finding[]): string[] => findings.map(({ code }) => code)
