import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { scratchFolder } from '../scratch-folder.ts'

/** A house that runs for the walks: its address, the address that makes its owner, and its data folder (REGULARS_DATA). */
export type StartedHouse = { address: string; setUpAddress: string; data: string; stop(): Promise<void> }

/** Starts the real program on a free port with data of its own, as `npm start` does. */
export async function startHouse(): Promise<StartedHouse> {
  const data = await mkdtemp(join(scratchFolder(), 'regulars-walk-'))
  const child = spawn(process.execPath, ['src/main.ts', 'start'], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, REGULARS_DATA: data, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  try {
    const setUpAddress = await printedAddress(child)
    return { address: new URL(setUpAddress).origin, setUpAddress, data, stop: () => stop(child, data) }
  } catch (error) {
    await stop(child, data)
    throw error
  }
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let told = ''
    const listen = (chunk: Buffer) => {
      told += chunk
      const address = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(told)?.[0]
      if (address && told.endsWith('\n')) resolve(address)
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('exit', (code) =>
      reject(new Error(`The server ended with ${code} before it told its address:\n${told}`)),
    )
    setTimeout(() => reject(new Error(`The server told no address in two minutes:\n${told}`)), 120_000).unref()
  })
}

async function stop(child: ChildProcess, data: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    const patience = setTimeout(() => child.kill('SIGKILL'), 30_000)
    await gone
    clearTimeout(patience)
  }
  await rm(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
