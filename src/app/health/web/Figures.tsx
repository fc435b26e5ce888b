import type { ReactNode } from 'react'
import { useLocale, useT } from '#web/i18n.ts'
import { countText, sizeText } from '#web/kit/formats.ts'
import type { HouseHealth } from '../contract.ts'

/** The figures behind the findings. */
export function Figures({ house }: { house: HouseHealth }) {
  const t = useT()
  const locale = useLocale()
  const { disk, memory, queue, projection } = house
  const engine = ({ up, version, embedded, bytes }: HouseHealth['records']): ReactNode =>
    up ? (
      <>
        {t('health.page.engine_up', { version: version ?? '?', size: sizeText(locale, bytes ?? 0) })}{' '}
        <span className="soft">· {t(embedded ? 'health.page.embedded' : 'health.page.external')}</span>
      </>
    ) : (
      <strong className="danger">{t('health.page.engine_down')}</strong>
    )
  const lag = projection && Math.round(projection.lagSeconds)
  const lines: [string, ReactNode][] = [
    ['records', engine(house.records)],
    ['columns', engine(house.columns)],
    ['disk', t('health.page.disk_free', { free: sizeText(locale, disk.free), total: sizeText(locale, disk.total) })],
    [
      'memory',
      t('health.page.memory_used', {
        process: sizeText(locale, memory.process),
        machine: sizeText(locale, memory.machine),
      }),
    ],
    ['queue', queue ? t('health.page.queue_state', { ...queue }) : t('health.page.unknown')],
    [
      'lag',
      lag === null
        ? t('health.page.unknown')
        : lag === 0
          ? t('health.page.lag_none')
          : t('health.page.lag_seconds', {
              seconds: countText(locale, lag),
              rows: countText(locale, projection!.pendingRows),
            }),
    ],
    ['versions', t('health.page.version_line', { version: house.version, node: house.node, machine: house.machine })],
  ]
  return (
    <dl className="facts">
      {lines.map(([key, value]) => (
        <div key={key} className="fact">
          <dt>{t(`health.page.${key}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
