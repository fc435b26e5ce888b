import { useT } from '../i18n.ts'

/** Quiet lines in the place of what is being fetched. */
export function Waiting({ rows = 4 }: { rows?: number }) {
  const t = useT()
  return (
    <div className="waiting" role="status">
      <span className="sr-only">{t('web.loading')}</span>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have nothing else to tell them apart
        <div key={index} className="skeleton" />
      ))}
    </div>
  )
}
