import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Form } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { problemOf } from '#web/problem-error.ts'
import type { Thresholds } from '../contract.ts'
import { GapCurve } from './GapCurve.tsx'
import { isRising, LimitFields, limits } from './LimitFields.tsx'
import { lifecycle } from './lifecycle-api.ts'
import { WhoWouldMove } from './WhoWouldMove.tsx'

/** The shop's own limits. */
export function EditLimits({
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
      <LimitFields value={wanted} onChange={setWanted} />
      {limits.some((limit) => wanted[limit] !== defaults[limit]) && (
        <QuietButton onClick={() => setWanted(defaults)}>{t('lifecycle.use_defaults', defaults)}</QuietButton>
      )}
      {changed && isRising(wanted) && <WhoWouldMove wanted={wanted} of={undefined} />}
      {conflict ? <ConflictNote error={save.error} onLoad={onLoad} /> : save.error && <ErrorNote error={save.error} />}
      <SaveBar saving={save.isPending} changed={changed} onCancel={changed ? () => setWanted(thresholds) : undefined} />
      <GapCurve of={undefined} onUse={setWanted} />
    </Form>
  )
}
