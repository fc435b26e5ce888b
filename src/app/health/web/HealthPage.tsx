import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useT } from '#web/i18n.ts'
import { Icon } from '#web/kit/icon.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { MakeBackup } from '../../backup/web/MakeBackup.tsx'
import type { HouseHealth } from '../contract.ts'
import { Figures } from './Figures.tsx'
import { FindingNote } from './FindingNote.tsx'
import { health } from './health-api.ts'
import './health.css'

/** How the installation is: what is not right and what to do, then the figures. */
export function HealthPage() {
  const t = useT()
  const look = useQuery(health.query.look.queryOptions({ input: {}, refetchInterval: 60_000 }))
  return (
    <PageFrame
      title={t('health.page.title')}
      subtitle={
        look.data && (
          <>
            {t('health.page.looked_at')} <InstantText at={look.data.at} exact />
          </>
        )
      }
      back={{ to: '/settings', label: t('web.nav.settings') }}
      action={
        <QuietButton onClick={() => look.refetch()} disabled={look.isFetching}>
          {t('health.page.look_again')}
        </QuietButton>
      }
      narrow
    >
      <Loaded of={look}>
        {(house) => (
          <>
            <Findings house={house} />
            <section className="panel">
              <h2>{t('health.page.figures')}</h2>
              <Figures house={house} />
            </section>
            <section className="panel">
              <h2>{t('health.page.last_backup')}</h2>
              <p className="last-backup">
                {house.backup ? <InstantText at={house.backup.at} /> : t('health.page.no_backup')} ·{' '}
                <Link to="/settings/backups">{t('health.page.all_backups')}</Link>
              </p>
              <MakeBackup />
            </section>
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

function Findings({ house }: { house: HouseHealth }) {
  const t = useT()
  if (house.findings.length === 0) {
    return (
      <section className="all-well" aria-live="polite">
        <Icon name="check" />
        <div>
          <h2>{t('health.page.well')}</h2>
          <p className="soft">{t('health.page.well_means', { count: house.checks })}</p>
        </div>
      </section>
    )
  }
  return (
    <section className="panel findings" aria-live="polite">
      <h2>{t('health.page.findings')}</h2>
      {house.findings.map((finding) => (
        <FindingNote key={`${finding.code} ${finding.what}`} finding={finding} />
      ))}
    </section>
  )
}
