import { Button } from 'antd'
import { useT } from '../i18n.ts'
import { problemOf } from '../problem-error.ts'
import { Icon } from './icon.tsx'

/**
 * Somebody else changed it meanwhile (412). What was typed stays in the form; loading again shows the other's change.
 * @example <ConflictNote error={save.error} onLoad={() => customer.refetch()} />
 */
export function ConflictNote({ error, onLoad }: { error: unknown; onLoad: () => unknown }) {
  const t = useT()
  if (!error || problemOf(error).status !== 412) return null
  return (
    <div className="note" role="alert">
      <Icon name="warning" />
      <div>
        <p>{t('web.conflict')}</p>
        <p className="soft">{t('web.conflict_safe')}</p>
        <div className="note-actions">
          <Button onClick={() => onLoad()}>{t('web.conflict_load')}</Button>
        </div>
      </div>
    </div>
  )
}
