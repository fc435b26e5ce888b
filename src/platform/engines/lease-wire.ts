import type { Socket } from 'node:net'
import type { EngineName } from './state-file.ts'

// What a holder and the supervisor say to each other: one JSON object a line. The open connection is the lease.
//
//   holder      take   (token, wants)  ─►  supervisor
//               ◄─ heard, news…, then ready (urls) or failed (why)
//               bye                    ─►
//               ◄─ left: when others stay, at once; for the last holder, when the engines are stopped

/** Raise when the words change: an older supervisor still running is then named instead of misunderstood. */
export const PROTOCOL = 1

export type HolderSays = { take: { token: string; wants: EngineName[] } } | { bye: true }

export type SupervisorSays =
  | { heard: true }
  | { news: string }
  | { ready: Partial<Record<EngineName, string>> }
  | { failed: string }
  | { left: true }

const LONGEST_LINE = 64 * 1024

export function say(socket: Socket, line: HolderSays | SupervisorSays): void {
  if (!socket.destroyed && socket.writable) socket.write(`${JSON.stringify(line)}\n`)
}

/** Calls back for each whole line; a line that is not JSON, or endless, ends the connection. */
export function hear<Line>(socket: Socket, onLine: (line: Line) => void): void {
  let rest = ''
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LONGEST_LINE) return socket.destroy()
    for (const line of lines) {
      try {
        onLine(JSON.parse(line) as Line)
      } catch (error) {
        socket.destroy(error instanceof SyntaxError ? undefined : (error as Error))
        return
      }
    }
  })
}
