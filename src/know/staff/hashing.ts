import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { Refusal } from '#platform/refusal.ts'

type Cost = { log2N: number; r: number; p: number }

/** OWASP's first choice for scrypt: 128 MiB and about a third of a second for each hash. */
const cost: Cost = { log2N: 17, r: 8, p: 1 }

/** So many hashes at once in this process, so that sign-ins hold at most 256 MiB; so many wait, the next is refused. */
const atOnce = 2
const mostWaiting = 20

let running = 0
const waiting: (() => void)[] = []

/**
 * The hash of a password, with its parameters: `scrypt$17$8$1$salt$hash`. Compatible forms of a character are one (NFKC).
 * @throws Refusal `staff.busy` when too many wait
 */
export async function hashPassword(password: string, by: Cost = cost): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, by)
  return ['scrypt', by.log2N, by.r, by.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** Whether this is the password. Without a stored hash it does the same work and says no. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, log2N, r, p, salt, hash] = (stored ?? nobodys).split('$')
  const wanted = Buffer.from(hash!, 'base64url')
  const by = { log2N: Number(log2N), r: Number(r), p: Number(p) }
  const given = await derive(password, Buffer.from(salt!, 'base64url'), by)
  return timingSafeEqual(given, wanted) && stored !== undefined
}

/** What an unknown person's password is compared with. */
const nobodys = ['scrypt', cost.log2N, cost.r, cost.p, randomBytes(16), randomBytes(32)]
  .map((part) => (Buffer.isBuffer(part) ? part.toString('base64url') : part))
  .join('$')

/** 50 random bits and more need less work than a password: 16 MiB and about 40 milliseconds for each hash. */
const costOfCodes: Cost = { log2N: 14, r: 8, p: 1 }

/** The hash of a random code under a salt that its siblings share, so that one hash finds it among them. */
export function hashCode(code: string, salt: Buffer): Promise<Buffer> {
  return derive(code, salt, costOfCodes)
}

async function derive(password: string, salt: Buffer, { log2N, r, p }: Cost): Promise<Buffer> {
  await turn()
  try {
    const N = 2 ** log2N
    return await new Promise<Buffer>((resolve, reject) => {
      scrypt(password.normalize('NFKC'), salt, 32, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
        error ? reject(error) : resolve(key),
      )
    })
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

async function turn(): Promise<void> {
  if (running >= atOnce) {
    if (waiting.length >= mostWaiting) throw new Refusal('unavailable', 'staff.busy', { retryAfter: 5 })
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  running += 1
}
