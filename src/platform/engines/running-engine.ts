/** An engine process of ours that answers. */
export type RunningEngine = {
  url: string
  port: number
  pid: number
  /** Resolves, with how it ended, when the process is gone; never rejects. */
  ended: Promise<string>
  /** Stops it cleanly and waits until it is gone. */
  stop(): Promise<void>
}

/** What an engine is started with. Passwords are stable; the port is a wish. */
export type EngineStart = {
  dataDir: string
  password: string
  port?: number
  /** False gives up safety against a power cut for speed: for tests only. */
  durable: boolean
  news(line: string): void
}
