// The shop's pages tell what visitors do. Served as /tracker.js; how to use it stands in docs/guide/tracking.md.
//
// Every message is an entry of its own in localStorage until the house has said yes: a tab that closes, a network that is away and
// two tabs at once lose nothing, and what is sent twice counts once (messageId). Bodies are text/plain with the key inside, so
// that browsers ask no preflight. Nothing is stored or sent before consent where the page or the browser asks for it.

type Json = Record<string, unknown>
type Call = [command: string, ...rest: unknown[]]
type Regulars = { (...call: Call): void; q?: ArrayLike<Call>[]; here?: 1 }

;((window: Window & { regulars?: Regulars }, document: Document) => {
  const script = document.currentScript as HTMLScriptElement | null
  const early = window.regulars?.q ?? []
  if (!script || window.regulars?.here) return

  const { key, consent, pages } = script.dataset
  const address = new URL('/v1/batch', script.src).href
  const memory: Record<string, string> = {}
  const prefix = 'rg.'
  const queued = `${prefix}q.`
  const most = { queued: 200, held: 50, sent: 30, bytes: 50_000 }
  let held: Json[] = []
  let waiting = 0
  let sending = false
  let failures = 0

  // A browser that forbids storage has the page's memory.
  const storage = (() => {
    try {
      localStorage.setItem(`${prefix}t`, '1')
      localStorage.removeItem(`${prefix}t`)
      return localStorage
    } catch {
      return undefined
    }
  })()
  const get = (name: string) => (storage ? storage.getItem(prefix + name) : (memory[prefix + name] ?? null))
  const set = (name: string, value: string) => {
    try {
      if (storage) storage.setItem(prefix + name, value)
      else memory[prefix + name] = value
    } catch {
      // Full: this message is lost, the page goes on.
    }
  }
  const forget = (name: string) => {
    storage?.removeItem(name)
    delete memory[name]
  }
  const names = () =>
    Object.keys(storage ?? memory)
      .filter((name) => name.startsWith(queued))
      .sort()
  const id = () =>
    window.crypto?.randomUUID?.() ??
    `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)}`

  /** Yes, no, or not yet asked: a browser that says so is asked, whatever the page says. */
  const allowed = () => {
    const said = get('c')
    if (said) return said === 'y'
    const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean }
    return consent !== 'ask' && !globalPrivacyControl && doNotTrack !== '1'
  }
  const anonymousId = () => {
    const known = get('a')
    if (known) return known
    const made = id()
    set('a', made)
    return made
  }

  function tell(message: Json) {
    const query = new URLSearchParams(location.search)
    const campaign: Json = {}
    for (const name of ['name', 'source', 'medium']) {
      const told = query.get(name === 'name' ? 'utm_campaign' : `utm_${name}`)
      if (told) campaign[name] = told
    }
    const whole = {
      ...message,
      messageId: id(),
      timestamp: new Date().toISOString(),
      context: {
        page: { path: location.pathname, url: location.origin, title: document.title, referrer: document.referrer },
        campaign,
        locale: navigator.language,
      },
    }
    if (allowed()) keep(whole)
    else if (get('c') !== 'n') held = [...held, whole].slice(-most.held)
  }

  function keep(message: Json) {
    const kept = names()
    for (const name of kept.slice(0, Math.max(0, kept.length + 1 - most.queued))) forget(name)
    const userId = get('u')
    // In the order in which they happened: names sort by time.
    set(
      `q.${String(message.timestamp)}${String(message.messageId)}`,
      JSON.stringify({ anonymousId: anonymousId(), ...(userId && { userId }), ...message }),
    )
    soon(1_000)
  }

  function soon(ms: number) {
    clearTimeout(waiting)
    waiting = window.setTimeout(send, ms)
  }

  /** Sends what waits; while the page goes too (keepalive), and then the next page hears the answer by sending once more. */
  function send() {
    const batch: unknown[] = []
    const sent: string[] = []
    let bytes = 0
    for (const name of names()) {
      const text = get(name.slice(prefix.length)) ?? ''
      bytes += text.length
      if (sent.length === most.sent || (sent.length > 0 && bytes > most.bytes)) break
      sent.push(name)
      try {
        batch.push(JSON.parse(text))
      } catch {
        // Somebody else's; it goes with the others.
      }
    }
    if (sent.length === 0 || sending || !allowed()) return
    sending = true
    const done = (status: number, after = 0) => {
      sending = false
      // What is refused for good would be refused again.
      if (status && status < 500 && status !== 429 && status !== 408) {
        failures = 0
        sent.forEach(forget)
        if (names().length > 0) soon(100)
      } else soon(Math.max(after * 1_000, Math.min(1_000 * 2 ** ++failures, 300_000)))
    }
    fetch(address, {
      method: 'POST',
      body: JSON.stringify({ writeKey: key, sentAt: new Date().toISOString(), batch }),
      headers: { 'content-type': 'text/plain' },
      keepalive: true,
      credentials: 'omit',
    }).then(
      ({ status, headers }) => done(status, Number(headers.get('retry-after'))),
      () => done(0),
    )
  }

  const commands: Record<string, (one?: unknown, other?: unknown) => void> = {
    track: (event, properties) => tell({ type: 'track', event, properties }),
    page: (name, properties) => tell({ type: 'page', name, properties }),
    identify: (userId, traits) => {
      if (allowed()) set('u', String(userId))
      tell({ type: 'identify', userId: String(userId), traits })
    },
    /** Signed out: who comes next is somebody else. */
    reset: () => {
      forget(`${prefix}u`)
      forget(`${prefix}a`)
    },
    consent: (yes) => {
      set('c', yes ? 'y' : 'n')
      if (!yes) for (const name of [...names(), `${prefix}a`, `${prefix}u`]) forget(name)
      else
        for (const message of held) {
          if (message.type === 'identify') set('u', String(message.userId))
          keep(message)
        }
      held = []
    },
  }

  const regulars: Regulars = (command, ...rest) => commands[command]?.(...rest)
  regulars.here = 1
  window.regulars = regulars
  if (pages !== 'off') commands.page!()
  for (const call of early) regulars(...(Array.from(call) as unknown as Call))
  addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && send())
  addEventListener('pagehide', send)
  soon(0)
})(window, document)
