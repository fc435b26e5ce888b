import { Link } from '@tanstack/react-router'
import { useLocale, useT } from '#web/i18n.ts'
import { sizeText } from '#web/kit/formats.ts'
import { Icon } from '#web/kit/icon.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { useId } from '#web/place.ts'
import type { OneImport } from '../contract.ts'
import { useImport } from './exchange-api.ts'
import { ImportState } from './ImportState.tsx'
import { ImportSteps } from './ImportSteps.tsx'
import { Steps, stepOf } from './Steps.tsx'
import './exchange.css'

/** One file on its way into the records, step by step. All of it is on the server: it can be left and found again. */
export function ImportPage() {
  const t = useT()
  const one = useImport(useId())
  return (
    <PageFrame
      title={one.data?.fileName ?? t('exchange.page.import')}
      heading={one.data && <span className="file-name">{one.data.fileName}</span>}
      subtitle={one.data && <Origin one={one.data} />}
      back={{ to: '/import', label: t('exchange.page.title') }}
    >
      <Loaded of={one} rows={8}>
        {(one) => (
          <>
            <Steps at={stepOf(one)} />
            <SameFile one={one} />
            <ImportSteps key={one.id} one={one} />
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

function Origin({ one }: { one: OneImport }) {
  const locale = useLocale()
  return (
    <span className="origin">
      <span role="status">
        <ImportState one={one} />
      </span>
      <span>{sizeText(locale, one.fileSize)}</span>
      <span>{one.actor}</span>
      <InstantText at={one.createdAt} />
    </span>
  )
}

/** The same bytes were imported before. Harmless: a record is never made twice. */
function SameFile({ one: { sameFileAs, state } }: { one: OneImport }) {
  const t = useT()
  if (!sameFileAs || state === 'undone') return null
  return (
    <div className="note">
      <Icon name="warning" />
      <div>
        <p>
          {t('exchange.page.same_file')} <InstantText at={sameFileAs.endedAt} exact />
          {' · '}
          <Link to={`/import/${sameFileAs.id}` as string}>{t('exchange.page.same_file_open')}</Link>
        </p>
        <p className="soft">{t('exchange.page.same_file_safe')}</p>
      </div>
    </div>
  )
}
