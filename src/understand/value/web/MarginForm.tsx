import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import { useLocale, useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { shareText } from '#web/kit/formats.ts'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { problemOf } from '#web/problem-error.ts'
import { useMay } from '#web/session.ts'
import { value } from './value-api.ts'

/** What is left of a sale after the goods' own cost: said here, or taken from the costs of products. */
export function MarginForm() {
  const t = useT()
  const locale = useLocale()
  const may = useMay()
  const queries = useQueryClient()
  const [typed, setTyped] = useState<number | null>()
  const margin = useQuery(value.query.margin.queryOptions({ input: {} }))
  const save = useMutation({
    mutationFn: (percent: number | null) =>
      value.call.saveMargin({ percent }, { context: { ifMatch: margin.data?.version ?? 0 } }),
    onSuccess() {
      notify(t('value.margin_saved'))
      setTyped(undefined)
      return queries.invalidateQueries()
    },
  })
  if (!margin.data) return margin.error ? <ErrorNote error={margin.error} /> : null
  const { percent, told } = margin.data
  const shown = typed === undefined ? percent : typed
  const conflict = save.error && problemOf(save.error).status === 412
  return (
    <form
      className="margin-form"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(shown ?? null)
      }}
    >
      <label htmlFor="margin">{t('value.margin')}</label>
      <InputNumber
        id="margin"
        min={1}
        max={100}
        precision={0}
        suffix="%"
        disabled={!may('lifecycle.edit')}
        value={shown}
        onChange={(next) => setTyped(next)}
      />
      {may('lifecycle.edit') && (
        <Button htmlType="submit" disabled={shown === percent} loading={save.isPending}>
          {t('web.save')}
        </Button>
      )}
      {told && told.percent > 0 && told.percent !== shown && may('lifecycle.edit') && (
        <QuietButton onClick={() => setTyped(told.percent)}>
          {t('value.margin_told', { percent: told.percent, known: shareText(locale, told.known, 0) })}
        </QuietButton>
      )}
      {conflict ? (
        <ConflictNote error={save.error} onLoad={() => margin.refetch()} />
      ) : (
        save.error && <ErrorNote error={save.error} />
      )}
    </form>
  )
}
