import { useT } from '#web/i18n.ts'
import { Icon } from '#web/kit/icon.tsx'

/** What must still be told before the file can be used. @param missing targets apart by blanks, of which one is needed */
export function Missing({ missing }: { missing: readonly string[] }) {
  const t = useT()
  if (missing.length === 0) return null
  return (
    <div className="note">
      <Icon name="warning" />
      <div>
        <p>{t('exchange.page.missing')}</p>
        {missing.map((targets) => {
          const names = targets.split(' ').map((target) => t(`exchange.page.target.${target}`))
          return (
            <p key={targets}>
              {names.length === 1
                ? t('exchange.page.missing_one', { name: names[0] })
                : t('exchange.page.missing_one_of', { names: names.join(t('exchange.page.or')) })}
            </p>
          )
        })}
      </div>
    </div>
  )
}
