import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorOrProof } from '#web/kit/ErrorOrProof.tsx'
import { notify } from '#web/kit/notice.tsx'
import { ProgressLine } from '#web/kit/ProgressLine.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Count, InstantText } from '#web/kit/values.tsx'
import { useMay, useSession } from '#web/session.ts'
import { duplicates } from './duplicates-api.ts'

const stepWords = {
  reading: 'duplicates.step.reading',
  learning: 'duplicates.step.learning',
  comparing: 'duplicates.step.comparing',
  writing: 'duplicates.step.writing',
}

/** When the customers were looked through, how far a look under way is, and the way to begin or end one. */
export function ScanLine() {
  const t = useT()
  const may = useMay()
  const { staff } = useSession()
  const queries = useQueryClient()
  // The look before the one that was asked for here: until another is there, it is looked for every second.
  const [before, setBefore] = useState<number>()
  const { data } = useQuery(
    duplicates.query.scan.queryOptions({
      input: {},
      refetchInterval: ({ state }) => {
        const scan = state.data?.scan
        return scan?.state === 'running' || (before !== undefined && (scan?.id ?? 0) === before) ? 1_000 : 15_000
      },
    }),
  )
  const scan = data?.scan
  const running = scan?.state === 'running'
  const ended = scan?.endedAt ?? ''
  const known = useRef<string>(undefined)
  // A small shop is looked through between two questions: what tells is that another look has ended.
  useEffect(() => {
    if (known.current !== undefined && ended !== known.current) {
      void queries.invalidateQueries({ queryKey: duplicates.query.list.key() })
      void queries.invalidateQueries({ queryKey: duplicates.query.count.key() })
    }
    if (data) known.current = ended
  }, [data, ended, queries])
  const ask = useMutation({
    ...duplicates.query.askScan.mutationOptions(),
    onSuccess() {
      setBefore(scan?.id ?? 0)
      notify(t('duplicates.asked'))
    },
  })
  const cancel = useMutation({
    ...duplicates.query.cancelScan.mutationOptions(),
    onSuccess: () => queries.invalidateQueries({ queryKey: duplicates.query.scan.key() }),
  })
  const whole = may('customers.edit') && (staff.whose ?? 'all') === 'all'
  if (running) {
    return (
      <div className="scan">
        <ProgressLine
          what={t(stepWords[scan.step ?? 'reading'])}
          done={scan.of ? scan.done : undefined}
          total={scan.of || undefined}
        />
        {whole && <QuietButton onClick={() => cancel.mutate({ id: scan.id })}>{t('web.cancel')}</QuietButton>}
        <ErrorOrProof of={[cancel]} />
      </div>
    )
  }
  return (
    <div className="scan">
      <p className="soft">
        {scan?.endedAt ? (
          <>
            {t(scan.state === 'done' ? 'duplicates.looked' : 'duplicates.not_ended')} <InstantText at={scan.endedAt} />
            {scan.people !== null && scan.kind === 'all' && (
              <>
                {' · '}
                {t('duplicates.people')} <Count value={scan.people} />
              </>
            )}
          </>
        ) : (
          t('duplicates.never_looked')
        )}{' '}
        {t('duplicates.every_night')}
      </p>
      {whole && (
        <QuietButton disabled={ask.isPending} onClick={() => ask.mutate({})}>
          {t('duplicates.look_now')}
        </QuietButton>
      )}
      <ErrorOrProof of={[ask]} />
    </div>
  )
}
