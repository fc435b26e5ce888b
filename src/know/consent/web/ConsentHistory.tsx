import { useInfiniteQuery } from '@tanstack/react-query'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { Waiting } from '#web/kit/Waiting.tsx'
import type { ConsentWord } from '../contract.ts'
import { consent } from './consent-api.ts'

/** The ledger, newest first: what was said, how, by whom, what was shown, where the evidence is. */
export function ConsentHistory({ id }: { id: number }) {
  const t = useT()
  const list = useInfiniteQuery(
    consent.query.history.infiniteOptions({
      input: (after: string | undefined) => ({ id, limit: 20, after }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.next,
    }),
  )
  const words = list.data?.pages.flatMap((page) => page.items) as ConsentWord[] | undefined
  if (!words) return list.error ? <ErrorNote error={list.error} again={list.refetch} /> : <Waiting rows={3} />
  if (words.length === 0) return <p className="soft">{t('consent.history_empty')}</p>
  return (
    <>
      <ul className="says">
        {words.map((word) => (
          <li key={word.id}>
            <Word of={word} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <QuietButton disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('consent.older')}
        </QuietButton>
      )}
    </>
  )
}

function Word({ of: word }: { of: ConsentWord }) {
  const t = useT()
  const { subject, channel, purpose, decision, until, way, actorName, at, withdrawnAt, proof, text } = word
  return (
    <>
      <span>
        {subject === 'contact' ? (
          <>
            <strong>{t(`consent.decision.${decision}`)}</strong>: {t(`consent.channel.${channel}`)} ·{' '}
            {t(`consent.purpose.${purpose}`)}
          </>
        ) : (
          <>
            {t(`consent.mark.${subject}`)}: <strong>{t(`consent.decision.${decision}`)}</strong>
          </>
        )}
        {until && (
          <>
            {' '}
            {t('consent.until')} <InstantText at={until} exact />
          </>
        )}
      </span>
      <span className="soft">
        {actorName ?? t(`consent.way.${way}`)} · <InstantText at={at} />
      </span>
      {withdrawnAt && (
        <span className="soft">
          {t('consent.withdrawn')} <InstantText at={withdrawnAt} />
        </span>
      )}
      {proof && <span className="soft">{t('consent.proof_is', { proof })}</span>}
      {text && (
        <details className="consent-text">
          <summary>{t('consent.text_shown')}</summary>
          <p lang={text.locale}>{text.words}</p>
        </details>
      )}
    </>
  )
}
