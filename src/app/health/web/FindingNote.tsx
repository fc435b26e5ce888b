import { useT } from '#web/i18n.ts'
import { Icon } from '#web/kit/icon.tsx'
import type { Finding } from '../contract.ts'

/** One thing that is not right: what, why it matters, what to do, and what to type. */
export function FindingNote({ finding: { level, what, why, mend, commands } }: { finding: Finding }) {
  const t = useT()
  return (
    <article className={`finding ${level}`}>
      <Icon name="warning" />
      <div>
        <p className="level">{t(`health.page.${level}`)}</p>
        <h3>{what}</h3>
        <p>{why}</p>
        <p>{mend}</p>
        {commands.length > 0 && (
          <>
            <p className="soft">{t('health.page.type_this')}</p>
            <pre className="commands">{commands.join('\n')}</pre>
          </>
        )}
      </div>
    </article>
  )
}
