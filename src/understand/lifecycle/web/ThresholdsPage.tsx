import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, InputNumber } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { problemOf } from '#web/problem-error.ts'
import type { Thresholds } from '../contract.ts'
import { lifecycle } from './lifecycle-api.ts'
import { Moves } from './StageFlow.tsx'

const limits = ['active', 'silent', 'sleeping'] as const

/** After how many days without a purchase a customer counts as silent, sleeping, lost; with who would move, before saving. */
export default function ThresholdsPage() {
  const t = useT()
  const stored = useQuery(lifecycle.query.thresholds.queryOptions({ input: {} }))
  return (
    <PageFrame
      title={t('lifecycle.settings')}
      subtitle={t('lifecycle.settings_means')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
      narrow
    >
      <Loaded of={stored}>{(data) => <Edit key={data.version} {...data} onLoad={() => stored.refetch()} />}</Loaded>
    </PageFrame>
  )
}

function Edit({
  thresholds,
  defaults,
  version,
  onLoad,
}: {
  thresholds: Thresholds
  defaults: Thresholds
  version: number
  onLoad: () => unknown
}) {
  const t = useT()
  const queries = useQueryClient()
  const [wanted, setWanted] = useState(thresholds)
  const rising = wanted.active < wanted.silent && wanted.silent < wanted.sleeping
  const changed = limits.some((limit) => wanted[limit] !== thresholds[limit])
  const save = useMutation(
    lifecycle.query.saveThresholds.mutationOptions({
      context: { ifMatch: version },
      onSuccess() {
        notify(t('lifecycle.was_saved'))
        return queries.invalidateQueries()
      },
    }),
  )
  const conflict = save.error && problemOf(save.error).status === 412
  return (
    <Form layout="vertical" onFinish={() => save.mutate(wanted)}>
      {limits.map((limit) => (
        <Form.Item
          key={limit}
          label={t(`lifecycle.${limit}_until`)}
          htmlFor={`limit-${limit}`}
          validateStatus={rising ? undefined : 'error'}
          help={rising ? t(`lifecycle.${limit}_until_means`, { days: wanted[limit] }) : t('lifecycle.not_rising')}
        >
          <InputNumber
            id={`limit-${limit}`}
            min={1}
            max={3650}
            precision={0}
            value={wanted[limit]}
            onChange={(days) => days && setWanted({ ...wanted, [limit]: days })}
          />{' '}
          {t('lifecycle.days')}
        </Form.Item>
      ))}
      {limits.some((limit) => wanted[limit] !== defaults[limit]) && (
        <QuietButton onClick={() => setWanted(defaults)}>{t('lifecycle.use_defaults', defaults)}</QuietButton>
      )}
      {changed && rising && <Preview wanted={wanted} />}
      {conflict ? <ConflictNote error={save.error} onLoad={onLoad} /> : save.error && <ErrorNote error={save.error} />}
      <SaveBar saving={save.isPending} changed={changed} onCancel={changed ? () => setWanted(thresholds) : undefined} />
    </Form>
  )
}

function Preview({ wanted }: { wanted: Thresholds }) {
  const t = useT()
  const preview = useQuery(lifecycle.query.preview.queryOptions({ input: wanted, placeholderData: (before) => before }))
  return (
    <section className="panel" aria-live="polite">
      <h2>{t('lifecycle.who_would_move')}</h2>
      <Loaded of={preview}>{({ moves }) => <Moves moves={moves} />}</Loaded>
    </section>
  )
}
