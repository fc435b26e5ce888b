// `npm run dev`: the house with its pages, both started anew when their sources change.
import { spawn } from 'node:child_process'

const children = [
  spawn('vite', ['build', '--watch', '--config', 'src/web/vite.config.ts', '--logLevel', 'warn'], { stdio: 'inherit' }),
  spawn(
    process.execPath,
    ['--watch-path=src', '--watch-path=migrations', '--watch-preserve-output', 'src/main.ts', 'start'],
    { stdio: 'inherit' },
  ),
]
for (const child of children) child.once('exit', (code) => stop(code ?? 1))
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop(0))

function stop(code) {
  for (const child of children) child.kill('SIGTERM')
  process.exitCode = code
}
