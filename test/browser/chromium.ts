import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { LaunchOptions } from '@playwright/test'

/**
 * A Chromium that is there without a download: CHROMIUM (a path), else the one of the npm package where it runs, with its libraries and
 * fonts (Latin only: without a Chinese font of the system, Han letters are boxes; the walks read text, not pictures), else the system's.
 * The package's is a headless shell: three quarters of the time that a whole browser takes which hides. It is built for Linux on x64.
 */
export async function chromiumHere(): Promise<LaunchOptions> {
  const { CHROMIUM } = process.env
  const packed = process.platform === 'linux' && process.arch === 'x64'
  const found = CHROMIUM ?? (packed ? undefined : systemChromium())
  return found
    ? { executablePath: found, args: quiet }
    : { ...(await packedChromium()), args: [...quiet, '--no-zygote'] }
}

/** Off the network: the browser itself asks nobody for updates, lists or the time. Chromium refuses its sandbox to root. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  '--disable-dev-shm-usage',
  // Where there is no graphics card, drawing by a simulated one costs more than drawing.
  '--disable-gpu',
  '--disable-features=NetworkTimeServiceQuerying,OptimizationHints,Translate,MediaRouter',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

function systemChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...elsewhere].find(existsSync)
}

async function packedChromium(): Promise<LaunchOptions> {
  const { default: packed, inflate } = await import('@sparticuz/chromium')
  const executablePath = await packed.executablePath()
  const bin = join(import.meta.dirname, '../../node_modules/@sparticuz/chromium/bin')
  const libraries = await inflate(join(bin, 'al2023.tar.br'))
  return {
    executablePath,
    env: {
      ...(process.env as Record<string, string>),
      // Behind the system's own, so that only what is missing is taken from here.
      LD_LIBRARY_PATH: [process.env.LD_LIBRARY_PATH, join(libraries, 'lib')].filter(Boolean).join(':'),
      FONTCONFIG_PATH:
        process.env.FONTCONFIG_PATH ?? (existsSync('/etc/fonts/fonts.conf') ? '/etc/fonts' : join(tmpdir(), 'fonts')),
    },
  }
}
