import net from 'node:net'

// The outside world is played by small servers on loopback. Anything else that a test reaches for is a failure.
const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0]
  const host = typeof first === 'object' && first !== null && 'host' in first ? String(first.host) : undefined
  if (host && !/^(localhost|127\.|::1$|\[::1\])/.test(host)) throw new Error(`A test tried to reach ${host}`)
  return connect.apply(this, args as Parameters<typeof connect>)
} as typeof connect
