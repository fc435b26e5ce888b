import { setTimeout as pause } from 'node:timers/promises'
import type { History, Told, What } from './history.ts'
import type { Post } from './processes.ts'
import type { Random } from './random.ts'

/** What all clients share: whom they may act on. */
export type Street = { customers: number[]; orders: number[]; posts: readonly Post[]; made: number }

type Answer = { status: number; body: { id?: number; version?: number; code?: string } }

/** How long an answer is waited for; a process that was frozen gives none. */
const patienceMs = 8_000

/**
 * A till: does one thing after another until told to stop, at whichever server answers, and asks again under the same key until it
 * is told yes or no. What it is told is in the history before it goes on.
 */
export async function aClient(
  client: number,
  cookie: string,
  { street, history, random, stop }: { street: Street; history: History; random: Random; stop: AbortSignal },
): Promise<void> {
  const answered: { what: What; path: string; body: unknown; mark: string; amount?: number }[] = []
  const seen = new Map<number, number>()
  while (!stop.aborted) {
    await pause(10 + random.below(60))
    const turn = random.below(100)
    if (turn < 18 || street.customers.length < 3) await addCustomer()
    else if (turn < 45) await recordOrder()
    else if (turn < 55) await giveBack()
    else if (turn < 80) await edit()
    else if (turn < 90) await read(random.of(street.customers))
    else if (answered.length > 0) await askAgain()
  }

  async function addCustomer() {
    const mark = nextMark('c')
    const told = await insist('customer', '/customers', { values: { name: mark }, anyway: true }, mark)
    if (told?.id) street.customers.push(told.id)
  }

  async function recordOrder() {
    const mark = nextMark('o')
    const lines = Array.from({ length: 1 + random.below(4) }, (_, at) => ({
      name: `Tea ${at}`,
      quantity: 1 + random.below(3),
      unitPrice: `${1 + random.below(90)}.50`,
    }))
    const amount = lines.reduce((sum, line) => sum + line.quantity * Math.round(Number(line.unitPrice) * 100), 0)
    const body = { shopId: 1, customerId: random.of(street.customers), number: mark, lines }
    const told = await insist('order', '/orders', body, mark, { amount })
    if (told?.id) street.orders.push(told.id)
  }

  async function giveBack() {
    if (street.orders.length === 0) return
    const of = random.of(street.orders)
    const mark = nextMark('b')
    await insist('cancellation', `/orders/${of}/cancellations`, { number: mark }, mark, { of })
  }

  /** From the version that was read last, as a page that stood open: somebody else may have been faster. */
  async function edit() {
    const of = random.of(street.customers.slice(0, 40))
    if (!seen.has(of) || random.below(3) > 0) await read(of)
    const from = seen.get(of)
    if (from === undefined) return
    const mark = nextMark('e')
    const answer = await ask('PATCH', `/customers/${of}`, { values: { notes: mark } }, { 'if-match': `"${from}"` })
    const outcome = outcomeOf(answer)
    const version = outcome === 'ok' ? answer!.body.version! : undefined
    if (version) seen.set(of, version)
    if (outcome === 'no') seen.delete(of)
    history.tell({ client, what: 'edit', mark, outcome, of, from, version })
  }

  async function read(of: number) {
    const answer = await ask('GET', `/customers/${of}`)
    if (answer?.status !== 200) return
    seen.set(of, answer.body.version!)
    history.tell({ client, what: 'read', mark: '', outcome: 'ok', of, version: answer.body.version })
  }

  async function askAgain() {
    const { what, path, body, mark, amount } = random.of(answered)
    const answer = await ask('POST', path, body, { 'idempotency-key': mark })
    if (outcomeOf(answer) !== 'ok') return
    const id = what === 'cancellation' ? undefined : answer!.body.id
    history.tell({ client, what, mark, outcome: 'ok', id, amount, again: true })
  }

  /** Until yes or no, also after the stop: what is left without an answer is `unknown`. */
  async function insist(
    what: What,
    path: string,
    body: unknown,
    mark: string,
    more: Partial<Told> = {},
  ): Promise<Told | undefined> {
    for (let tries = 0; tries < 40; tries += 1) {
      const answer = await ask('POST', path, body, { 'idempotency-key': mark })
      const outcome = outcomeOf(answer)
      // A cancellation answers with the sale or its own document; its mark is its number, and that is enough.
      const id = outcome === 'ok' && what !== 'cancellation' ? answer!.body.id : undefined
      const told: Told = { client, what, mark, outcome, id, ...more }
      history.tell(told)
      if (outcome === 'ok') {
        answered.push({ what, path, body, mark, amount: more.amount })
        if (answered.length > 50) answered.shift()
      }
      if (outcome !== 'unknown') return told
      await pause(100 + random.below(300))
    }
    return undefined
  }

  /** Undefined: no answer, or one of a server in trouble, after which all is possible. */
  async function ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer | undefined> {
    for (;;) {
      const origins = street.posts.flatMap(({ origin }) => origin ?? [])
      if (origins.length === 0) {
        await pause(50)
        continue
      }
      try {
        const answer = await fetch(`${random.of(origins)}/api${path}`, {
          method,
          headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
          body: body === undefined ? undefined : JSON.stringify(body),
          signal: AbortSignal.timeout(patienceMs),
        })
        const text = await answer.text()
        if (answer.status === 429) {
          await pause(500)
          continue
        }
        return { status: answer.status, body: text ? JSON.parse(text) : {} }
      } catch {
        return undefined
      }
    }
  }

  function outcomeOf(answer: Answer | undefined): Told['outcome'] {
    // A key is busy while the first try under it still runs.
    if (!answer || answer.status >= 500 || answer.body.code === 'http.key_busy') return 'unknown'
    return answer.status < 300 ? 'ok' : 'no'
  }

  function nextMark(kind: string): string {
    street.made += 1
    return `mark ${kind}${client}-${street.made}`
  }
}
