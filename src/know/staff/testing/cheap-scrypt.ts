type Crypto = typeof import('node:crypto')

/**
 * `node:crypto` whose scrypt takes a hundredth of the work, for tests about something else than its cost.
 * @example vi.mock('node:crypto', async (original) => (await import('./testing/cheap-scrypt.ts')).cheapScrypt(await original()))
 */
export function cheapScrypt(real: Crypto): Crypto {
  const scrypt = (...[text, salt, length, options, done]: Parameters<Crypto['scrypt']>) =>
    real.scrypt(text, salt, length, { ...options, N: 1024 }, done)
  return { ...real, scrypt: scrypt as Crypto['scrypt'] }
}
