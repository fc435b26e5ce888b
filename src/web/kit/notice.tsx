import { useEffect, useSyncExternalStore } from 'react'
import { useT } from '../i18n.ts'

type Notice = { id: number; text: string; undo?: () => unknown }

let notices: readonly Notice[] = []
let last = 0
const watchers = new Set<() => void>()

/**
 * Says at the bottom edge that something is done, and offers to undo it. Gone after some seconds; never the only place
 * where an error is told.
 * @example notify(t('customers.archived'), { undo: () => restore.mutate(id) })
 */
export function notify(text: string, options: { undo?: () => unknown } = {}): void {
  last += 1
  change([...notices.slice(-2), { id: last, text, ...options }])
}

/** Where notices appear; the shell renders it once. */
export function Notices() {
  const shown = useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    () => notices,
  )
  return (
    <div className="notices" role="status">
      {shown.map((notice) => (
        <NoticeLine key={notice.id} {...notice} />
      ))}
    </div>
  )
}

function NoticeLine({ id, text, undo }: Notice) {
  const t = useT()
  useEffect(() => {
    const end = setTimeout(() => leave(id), undo ? 10_000 : 4_000)
    return () => clearTimeout(end)
  }, [id, undo])
  return (
    <div className="notice">
      {text}
      {undo && (
        <button
          type="button"
          onClick={() => {
            leave(id)
            undo()
          }}
        >
          {t('web.undo')}
        </button>
      )}
    </div>
  )
}

function leave(id: number): void {
  change(notices.filter((notice) => notice.id !== id))
}

function change(next: readonly Notice[]): void {
  notices = next
  for (const watcher of watchers) watcher()
}
