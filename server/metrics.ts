/** Numbers for who runs the product (Prometheus); never who, never what. */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { App } from './app.ts'

let registry: Registry | undefined

export async function metrics(app: App): Promise<string> {
  if (!registry) {
    registry = new Registry()
    collectDefaultMetrics({ register: registry })
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name: `aan_tafel_${name}`,
        help,
        registers: [registry!],
        collect() {
          this.set(read())
        },
      })
    gauge('rooms', 'documents in memory', () => app.rooms.size)
    gauge('connections', 'open document connections', () => app.connections)
    const { counts } = app.rooms.log
    gauge('commits_total', 'group commits', () => counts.commits)
    gauge('updates_total', 'updates stored', () => counts.updates)
    gauge(
      'commit_failures_total',
      'commits that failed and were tried again',
      () => counts.failures,
    )
    gauge('commit_seconds_total', 'seconds spent in commits', () => counts.seconds)
  }
  return registry.metrics()
}
