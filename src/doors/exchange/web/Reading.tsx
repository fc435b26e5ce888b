import { useQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { problemOf } from '#web/problem-error.ts'
import type { OneImport } from '../contract.ts'
import { ColumnMapping } from './ColumnMapping.tsx'
import { exchange, isOpen } from './exchange-api.ts'
import { FileLook } from './FileLook.tsx'
import { PresetChoice } from './PresetChoice.tsx'
import { PresetSettings } from './PresetSettings.tsx'
import { useUnderstanding } from './use-understanding.ts'
import './reading.css'

/** How the file is read: what it looks like, which column is what. Corrected here while nothing of it is written. */
export function Reading({ one }: { one: OneImport }) {
  const t = useT()
  const open = isOpen(one)
  const seen = useQuery(exchange.query.inspect.queryOptions({ input: { id: one.id }, staleTime: 60_000 }))
  const understanding = useUnderstanding(one)
  const stale = understanding.error !== null && problemOf(understanding.error).status === 412
  return (
    <Loaded of={seen} rows={8}>
      {(seen) => (
        <>
          <ConflictNote error={understanding.error} onLoad={understanding.load} />
          <ErrorNote error={stale ? undefined : understanding.error} />
          {open && one.comparison && <p className="soft">{t('exchange.page.change_means')}</p>}
          <FileLook one={one} seen={seen} open={open} />
          {open && (
            <>
              <ColumnMapping seen={seen} understanding={understanding} />
              <PresetSettings key={one.preset.code} preset={one.preset} onChange={understanding.setPreset} />
              <PresetChoice preset={one.preset} onChange={understanding.setPreset} />
            </>
          )}
        </>
      )}
    </Loaded>
  )
}
