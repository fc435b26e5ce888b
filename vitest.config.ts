import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { keepCompiled } from './test/kept-compiled.ts'
import { scratchFolder } from './test/scratch-folder.ts'

// Of this process, which starts the engines, and of all that it starts.
process.env.TMPDIR = scratchFolder()
keepCompiled()

/** What spans the house takes a minute or two a file: begun last, one of two cores would wait for it. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return [...sorted.filter(spansTheHouse), ...sorted.filter((file) => !spansTheHouse(file))]
  }
}

/** Those beside the code that take a minute or more. */
const long = ['query/proof', 'backup/restore', 'membership/membership', 'commands/demo'].map(
  (name) => `/${name}.test.ts`,
)

const spansTheHouse = ({ moduleId }: TestSpecification) =>
  moduleId.startsWith(join(import.meta.dirname, 'test')) || long.some((name) => moduleId.endsWith(name))

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/browser/**', 'node_modules/**'],
    globalSetup: ['src/platform/testing/engines.ts'],
    setupFiles: ['src/platform/testing/no-network.ts'],
    sequence: { sequencer: LongestFirst },
    // The database holds its own locks and clones. What is killed and started anew waits a third of its time: three keep two cores busy.
    pool: 'forks',
    maxWorkers: 3,
    // A busy machine of strangers may starve an engine for a moment; at a desk a flake is a bug to be seen.
    retry: process.env.CI ? 1 : 0,
    // Of the longest on its own a minute; where three share a slow core, several.
    testTimeout: 300_000,
    hookTimeout: 180_000,
    reporters: ['default'],
  },
})
