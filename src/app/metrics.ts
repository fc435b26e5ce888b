import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

/** What Prometheus reads. Labels hold routes and states, never ids of people. */
export function createMetrics(read: () => Promise<{ lagSeconds: number; pendingRows: number }>) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'regulars_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  new Gauge({
    name: 'regulars_projection_lag_seconds',
    help: 'Age of the oldest change that the columns do not show yet',
    registers: [registry],
    async collect() {
      this.set((await read()).lagSeconds)
    },
  })
  new Gauge({
    name: 'regulars_projection_pending_rows',
    help: 'Rows that the columns do not show yet',
    registers: [registry],
    async collect() {
      this.set((await read()).pendingRows)
    },
  })
  return { registry, requests }
}
