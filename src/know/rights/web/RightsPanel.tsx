import { useT } from '#web/i18n.ts'
import { LinkButton } from '#web/kit/LinkButton.tsx'

/** Where a customer asks for the own data, or to be erased. */
export default function RightsPanel({ id }: { id: number }) {
  const t = useT()
  return (
    <>
      <p className="soft">{t('rights.of_customer_means')}</p>
      <LinkButton quiet to="/settings/privacy/new" search={{ customer: String(id) }}>
        {t('rights.add')}
      </LinkButton>
    </>
  )
}
