import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { membership } from './membership-api.ts'

const views = ['all', 'entered', 'left'] as const

/** Who came in and who left, the last first, each with why. */
export function Lately({ id }: { id: number }) {
  const t = useT()
  const [view, setView] = useState<(typeof views)[number]>('all')
  const found = useQuery({
    ...membership.query.lately.queryOptions({
      input: { id, ...(view === 'all' ? {} : { of: view }) },
      refetchInterval: 15_000,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <section aria-labelledby="lately">
      <h3 id="lately">{t('membership.lately')}</h3>
      <Loaded of={found} rows={3}>
        {({ items, untold }) => {
          if (untold) return <p className="soft">{t('membership.untold')}</p>
          return (
            <>
              <Segmented
                aria-label={t('membership.lately')}
                value={view}
                onChange={setView}
                options={views.map((value) => ({ value, label: t(`membership.${value}`) }))}
              />
              {items.length === 0 && <p className="soft">{t('membership.nobody_lately')}</p>}
              <ul className="lately">
                {items.map(({ customerId, name, number, entered, why, at }) => (
                  <li key={`${customerId} ${at} ${entered}`} className={entered ? 'entered' : 'left'}>
                    <span className="lately-sign" aria-hidden="true">
                      {entered ? '→' : '←'}
                    </span>
                    <Link to="/customers/$id" params={{ id: String(customerId) } as never}>
                      {name ?? number ?? `#${customerId}`}
                    </Link>
                    <span className="soft">
                      {t(entered ? 'membership.entered' : 'membership.left')} · {t(`membership.why_${why}`)} ·{' '}
                      <InstantText at={at} />
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )
        }}
      </Loaded>
    </section>
  )
}
