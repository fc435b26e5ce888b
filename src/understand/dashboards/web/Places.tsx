import './dashboards.css'
import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { ReportPanel } from '#understand/reports/web/panels.tsx'
import { useT } from '#web/i18n.ts'
import { usePanels } from '#web/panels.tsx'
import type { Shown } from '../contract.ts'

/** What a page shows, in its order; on a phone one below the other. */
export function Places({ shows }: { shows: readonly Shown[] }) {
  return (
    <div className="places">
      {shows.map((one) => (
        <section key={keyOf(one)} className={one.wide ? 'panel wide' : 'panel'}>
          <Place of={one} />
        </section>
      ))}
    </div>
  )
}

/** A page shows each thing once. */
export function keyOf(one: Shown): string {
  return one.show === 'report' ? `report ${one.reportId}` : one.picture
}

function Place({ of }: { of: Shown }) {
  const t = useT()
  const pictures = usePanels('dashboard')
  if (of.show === 'report') return <ReportPanel id={of.reportId} />
  const picture = pictures.find(({ key }) => key === of.picture)
  if (!picture) return <p className="soft">{t('dashboards.not_there')}</p>
  const { title, to, Content } = picture
  return (
    <>
      <h2>{to ? <Link to={to}>{t(title)}</Link> : t(title)}</h2>
      <Suspense fallback={<div className="panel-waiting" />}>
        <Content id={0} />
      </Suspense>
    </>
  )
}
