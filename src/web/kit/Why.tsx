import type { ReactNode } from 'react'
import { useT } from '../i18n.ts'
import { Bubble } from './bubble.tsx'
import { Icon } from './icon.tsx'

/**
 * The one small mark that opens the evidence for what stands before it, the same everywhere.
 * @example <StageMark stage="silent" /> <Why of={t('lifecycle.stage')}>Last bought 112 days ago; silent from 90.</Why>
 */
export function Why({ of, children }: { of: string; children: ReactNode }) {
  const t = useT()
  return (
    <Bubble className="why" label={t('web.why_of', { of })} button={<Icon name="why" size={18} />}>
      <h3>{t('web.why_of', { of })}</h3>
      {children}
    </Bubble>
  )
}
