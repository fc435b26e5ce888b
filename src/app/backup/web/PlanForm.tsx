import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input, InputNumber, Switch } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { problemOf } from '#web/problem-error.ts'
import { useMay } from '#web/session.ts'
import type { BackupPlan } from '../contract.ts'
import { backup } from './backup-api.ts'

const keeps = ['keepDays', 'keepWeeks', 'keepMonths'] as const
const least = { keepDays: 1, keepWeeks: 0, keepMonths: 0 }
const most = { keepDays: 366, keepWeeks: 260, keepMonths: 120 }

/** When backups are made by themselves, and how many of them stay. */
export function PlanForm() {
  const t = useT()
  const stored = useQuery(backup.query.plan.queryOptions({ input: {} }))
  return (
    <section className="panel">
      <h2>{t('backup.page.plan')}</h2>
      <Loaded of={stored}>
        {(data) => (
          <>
            {data.next && (
              <p className="soft plan-next">
                {t('backup.page.next')} <InstantText at={data.next} exact />
              </p>
            )}
            <Edit key={data.version} {...data} onLoad={() => stored.refetch()} />
          </>
        )}
      </Loaded>
    </section>
  )
}

function Edit({ plan, version, onLoad }: { plan: BackupPlan; version: number; onLoad: () => unknown }) {
  const t = useT()
  const may = useMay()
  const queries = useQueryClient()
  const [wanted, setWanted] = useState(plan)
  const save = useMutation(
    backup.query.savePlan.mutationOptions({
      context: { ifMatch: version },
      onSuccess() {
        notify(t('backup.page.saved'))
        return queries.invalidateQueries({ queryKey: backup.query.plan.key() })
      },
    }),
  )
  const changed = JSON.stringify(wanted) !== JSON.stringify(plan)
  const conflict = save.error && problemOf(save.error).status === 412
  const fixed = !may('system.edit')
  return (
    <Form layout="vertical" disabled={fixed} onFinish={() => save.mutate(wanted)}>
      <Form.Item label={t('backup.page.daily')} htmlFor="plan-daily" help={t('backup.page.daily_means')}>
        <Switch id="plan-daily" checked={wanted.daily} onChange={(daily) => setWanted({ ...wanted, daily })} />
      </Form.Item>
      <Form.Item label={t('backup.page.at')} htmlFor="plan-at" help={t('backup.page.at_means')}>
        <Input
          id="plan-at"
          type="time"
          className="plan-at"
          value={wanted.at}
          disabled={fixed || !wanted.daily}
          onChange={({ target }) => target.value && setWanted({ ...wanted, at: target.value.slice(0, 5) })}
        />
      </Form.Item>
      <div className="plan-keeps">
        {keeps.map((keep) => (
          <Form.Item key={keep} label={t(`backup.page.${keep}`)} htmlFor={`plan-${keep}`}>
            <InputNumber
              id={`plan-${keep}`}
              min={least[keep]}
              max={most[keep]}
              precision={0}
              value={wanted[keep]}
              onChange={(count) => count !== null && setWanted({ ...wanted, [keep]: count })}
            />
          </Form.Item>
        ))}
      </div>
      <p className="soft">{t('backup.page.keep_means')}</p>
      {conflict ? <ConflictNote error={save.error} onLoad={onLoad} /> : save.error && <ErrorNote error={save.error} />}
      {changed && <SaveBar saving={save.isPending} changed onCancel={() => setWanted(plan)} />}
    </Form>
  )
}
