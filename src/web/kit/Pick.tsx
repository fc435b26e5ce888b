import { Checkbox } from 'antd'
import type { ReactNode } from 'react'
import { useT } from '../i18n.ts'
import type { Picks } from './column.ts'

/** The box at the beginning of a row. `children` say of what it is, to a screen reader. */
export function PickOne({ of, children, picked, onPick }: Picks & { of: string | number; children: ReactNode }) {
  const t = useT()
  return (
    <Checkbox
      className="pick-one"
      checked={picked.has(of)}
      onChange={({ target }) => {
        const next = new Set(picked)
        if (target.checked) next.add(of)
        else next.delete(of)
        onPick(next)
      }}
    >
      <span className="sr-only">
        {t('web.pick')} {children}
      </span>
    </Checkbox>
  )
}

/** The box above them: all rows in sight, or none. Those of other pages stay as they are. */
export function PickAll({ keys, picked, onPick }: Picks & { keys: readonly (string | number)[] }) {
  const t = useT()
  const here = keys.filter((key) => picked.has(key)).length
  return (
    <Checkbox
      checked={here > 0 && here === keys.length}
      indeterminate={here > 0 && here < keys.length}
      onChange={({ target }) => {
        const next = new Set(picked)
        for (const key of keys) {
          if (target.checked) next.add(key)
          else next.delete(key)
        }
        onPick(next)
      }}
    >
      <span className="sr-only">{t('web.pick_all')}</span>
    </Checkbox>
  )
}
