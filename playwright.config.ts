import { defineConfig } from '@playwright/test'
import { chromiumHere } from './test/browser/chromium.ts'
import { keepCompiled } from './test/kept-compiled.ts'

keepCompiled()

/** The walks through the house in a real browser: as at a desk (1280) and as on a phone (390). */
export default defineConfig({
  testDir: 'test/browser',
  testMatch: '**/*.walk.ts',
  // Each worker keeps a house of its own (server, Postgres, ClickHouse) and a browser; half of a walk is waiting.
  workers: 2,
  retries: process.env.CI ? 1 : 0,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : [['list']],
  use: {
    launchOptions: await chromiumHere(),
    // To keep one, every step of every walk is filmed, for nothing where it passes. At a desk: npm run browser -- --trace on
    trace: 'on-first-retry',
    // What is not there after half a minute does not come: told then, not when the whole walk's time is up.
    actionTimeout: 30_000,
    colorScheme: 'light',
    timezoneId: 'Asia/Shanghai',
  },
  projects: [
    // At the desk with pages that keep still, for who asks for that; on the phone with all that moves.
    { name: 'wide', use: { viewport: { width: 1280, height: 860 }, contextOptions: { reducedMotion: 'reduce' } } },
    { name: 'phone', use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } },
  ],
})
