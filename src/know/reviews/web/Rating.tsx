import { useT } from '#web/i18n.ts'
import './reviews.css'

/** A rating as stars; a screen reader hears the number. An average is rounded to a whole star, its number stands beside it. */
export function Rating({ of }: { of: number }) {
  const t = useT()
  const stars = Math.round(of)
  return (
    <span className="rating" role="img" aria-label={t('reviews.rated', { rating: Math.round(of * 10) / 10 })}>
      {'★'.repeat(stars)}
      <span className="soft">{'☆'.repeat(5 - stars)}</span>
    </span>
  )
}
