import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Form } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { problemOf } from '#web/problem-error.ts'
import type { Goods, Thresholds } from '../contract.ts'
import { GapCurve } from './GapCurve.tsx'
import { isRising, LimitFields, limits } from './LimitFields.tsx'
import { lifecycle } from './lifecycle-api.ts'
import { WhoWouldMove } from './WhoWouldMove.tsx'

/** The limits of some goods: their own, or the shop's until they get some. */
export function EditGoodsLimits({
  of,
  thresholds,
  shops,
  version,
  onLoad,
}: {
  of: Goods
  thresholds: Thresholds | null
  shops: Thresholds
  version: number
  onLoad: () => unknown
}) {
  const t = useT()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [wanted, setWanted] = useState(thresholds ?? shops)
  const changed = limits.some((limit) => wanted[limit] !== (thresholds ?? shops)[limit])
  const save = useMutation(
    lifecycle.query.saveGoodsThresholds.mutationOptions({
      context: { ifMatch: version },
      async onSuccess(_, { thresholds }) {
        notify(t(thresholds ? 'lifecycle.was_saved' : 'lifecycle.goods_follow_shop'))
        await queries.invalidateQueries()
        await navigate({ to: '/settings/lifecycle' })
      },
    }),
  )
  const conflict = save.error && problemOf(save.error).status === 412
  return (
    <Form layout="vertical" onFinish={() => save.mutate({ of, thresholds: wanted })}>
      <p className="soft">
        {thresholds
          ? t('tagId' in of ? 'lifecycle.tag_has_own' : 'lifecycle.goods_have_own')
          : t('lifecycle.goods_as_shop', shops)}
      </p>
      <LimitFields value={wanted} onChange={setWanted} />
      {thresholds && (
        <QuietButton disabled={save.isPending} onClick={() => save.mutate({ of, thresholds: null })}>
          {t('lifecycle.follow_shop', shops)}
        </QuietButton>
      )}
      {changed && isRising(wanted) && <WhoWouldMove wanted={wanted} of={of} />}
      {conflict ? <ConflictNote error={save.error} onLoad={onLoad} /> : save.error && <ErrorNote error={save.error} />}
      <SaveBar
        saving={save.isPending}
        changed={changed}
        onCancel={changed ? () => setWanted(thresholds ?? shops) : undefined}
      />
      <GapCurve of={of} onUse={setWanted} />
    </Form>
  )
}
