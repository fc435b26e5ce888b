import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'

export const backupRow = z.object({
  id: z.int(),
  /** daily: by the clock; asked: by a person on the page; command: on the command line. */
  kind: z.enum(['daily', 'asked', 'command']),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  /** The host on which the file lies. */
  machine: z.string().nullable(),
  path: z.string().nullable(),
  /** What is being written: `records/public.orders`. */
  phase: z.string().nullable(),
  /** 0 to 1, an estimate. */
  share: z.number(),
  /** Of the file. */
  bytes: z.int().nullable(),
  /** Of the records. */
  rows: z.int().nullable(),
  sha256: z.string().nullable(),
  failure: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }).nullable(),
  /** An actor's label. */
  askedBy: z.string(),
  askedAt: shape.instant,
  beganAt: shape.instant.nullable(),
  endedAt: shape.instant.nullable(),
})
export type BackupRow = z.infer<typeof backupRow>

/** When backups are made by the clock, and how many of those stay. */
export const backupPlan = z.object({
  daily: z.boolean(),
  /** Machine time as a clock in the shop's zone shows it: `03:30`. */
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'invalid_time'),
  /** The newest of so many days, weeks and months. */
  keepDays: z.int().min(1).max(366),
  keepWeeks: z.int().min(0).max(260),
  keepMonths: z.int().min(0).max(120),
})
export type BackupPlan = z.infer<typeof backupPlan>

export const defaultPlan: BackupPlan = { daily: true, at: '03:30', keepDays: 7, keepWeeks: 4, keepMonths: 6 }

const tag = 'System'

export const backupContract = {
  list: endpoint({
    method: 'GET',
    path: '/backups',
    summary: 'Backups of this installation, newest first',
    tag,
    may: 'system.read',
    scope: 'none',
    input: z.object({ limit: shape.pageInput.limit, before: shape.id.optional() }),
    output: z.object({ items: z.array(backupRow), next: z.int().optional(), folder: z.string() }),
  }),
  make: endpoint({
    method: 'POST',
    path: '/backups',
    summary: 'Make a backup now; its progress is in the list',
    tag,
    may: 'system.edit',
    scope: 'all',
    rate: 'heavy',
    status: 201,
    input: z.object({}),
    output: backupRow,
  }),
  get: endpoint({
    method: 'GET',
    path: '/backups/{id}',
    summary: 'One backup and its progress',
    tag,
    may: 'system.read',
    scope: 'none',
    input: z.object({ id: shape.id }),
    output: backupRow,
  }),
  cancel: endpoint({
    method: 'PUT',
    path: '/backups/{id}/cancellation',
    summary: 'Stop a backup that runs; nothing half done stays',
    tag,
    may: 'system.edit',
    scope: 'all',
    input: z.object({ id: shape.id }),
    output: backupRow,
  }),
  plan: endpoint({
    method: 'GET',
    path: '/backups/plan',
    summary: 'When backups are made, and how many stay',
    tag,
    may: 'system.read',
    scope: 'none',
    input: z.object({}),
    output: z.object({ plan: backupPlan, version: z.int(), zone: z.string(), next: shape.instant.nullable() }),
  }),
  savePlan: endpoint({
    method: 'PUT',
    path: '/backups/plan',
    summary: 'Change when backups are made, and how many stay',
    tag,
    may: 'system.edit',
    scope: 'all',
    edit: true,
    input: backupPlan,
    output: z.object({ plan: backupPlan, version: z.int(), zone: z.string(), next: shape.instant.nullable() }),
  }),
}
