import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Translate, useT } from '#web/i18n.ts'
import { Absent } from '#web/kit/values.tsx'
import type { AuditEntry } from '../contract.ts'

/** An entry in words. */
export function useAuditWords(): {
  what: (action: string) => string
  who: (entry: AuditEntry) => string
  about: (entry: AuditEntry) => ReactNode
} {
  const t = useT()
  return {
    what(action) {
      const key = `audit.action.${action}`
      const text = t(key)
      return text === key ? action : text
    },
    who: (entry) => whoText(t, entry),
    about({ object, objectId }) {
      if (!object || !objectId) return <Absent />
      const known = ['customers', 'orders', 'staff', 'imports'].includes(object)
      const text = t(known ? `audit.object.${object}` : 'audit.object.other', { kind: object, id: objectId })
      return object === 'customers' || object === 'orders' ? <Link to={`/${object}/${objectId}`}>{text}</Link> : text
    },
  }
}

function whoText(t: Translate, { actor, actorName }: AuditEntry): string {
  if (actorName) return actorName
  const [kind, id = ''] = actor.split(':')
  if (actor === 'system') return t('audit.system')
  if (actor === 'nobody') return t('audit.nobody')
  if (actor === 'customer') return t('audit.customer_self')
  return kind === 'key' || kind === 'import' ? t(`audit.${kind}`, { id }) : actor
}

type Changes = Record<string, [unknown, unknown]>

/** What is worth knowing beside who, what and when: how often, how many, why, what changed. */
export function Details({ of }: { of: AuditEntry }) {
  const t = useT()
  const { shown, data, reason, times, rows } = of
  const changes = Object.entries((shown?.changes ?? {}) as Changes)
  const columns = Array.isArray(data.columns) ? (data.columns as string[]) : []
  const parts = [
    times > 1 && t('audit.times', { count: times }),
    rows !== null && t('audit.rows', { count: rows }),
    reason && t('audit.reason_is', { reason: reasonText(t, reason) }),
    columns.length > 0 && t('audit.columns_are', { columns: columns.join(', ') }),
    typeof shown?.note === 'string' && shown.note,
    ...changes.map(([field, [from, to]]) => t('audit.changed', { field, from: plain(t, from), to: plain(t, to) })),
  ]
  const told = parts.filter(Boolean).join(' · ')
  return told ? <span className="audit-details">{told}</span> : <Absent />
}

/** A refusal's code is the key of its message. */
function reasonText(t: Translate, reason: string): string {
  if (!/^[a-z]+\.[a-z_]+$/.test(reason)) return reason
  const text = t(reason)
  return text === reason ? reason : text
}

function plain(t: Translate, value: unknown): string {
  if (value === null || value === undefined) return t('audit.nothing')
  if (typeof value !== 'object') return String(value)
  return Object.values(value).join(' ')
}
