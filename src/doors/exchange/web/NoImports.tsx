import { useT } from '#web/i18n.ts'
import { EmptyState } from '#web/kit/EmptyState.tsx'

const files = ['taobao', 'shopify', 'excel', 'csv'] as const
const steps = ['file', 'compare', 'apply', 'undo'] as const

/** Before the first import: which files work, and what happens to them. */
export function NoImports() {
  const t = useT()
  return (
    <EmptyState
      title={t('exchange.page.empty')}
      example={
        <dl className="known-files">
          {files.map((file) => (
            <div key={file}>
              <dt>{t(`exchange.page.works.${file}`)}</dt>
              <dd>{t(`exchange.page.works.${file}_how`)}</dd>
            </div>
          ))}
        </dl>
      }
      action={
        <>
          <h3>{t('exchange.page.happens')}</h3>
          <ol className="happens">
            {steps.map((step) => (
              <li key={step}>{t(`exchange.page.happens.${step}`)}</li>
            ))}
          </ol>
        </>
      }
    >
      {t('exchange.page.empty_means')}
    </EmptyState>
  )
}
