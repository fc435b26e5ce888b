import './reports.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { OwnedFields, useOwned } from '#know/staff/web/panels.ts'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { useId } from '#web/place.ts'
import { useMay } from '#web/session.ts'
import type { Asks, Report } from '../contract.ts'
import { ReportAnswer } from './ReportAnswer.tsx'
import { ReportAsks } from './ReportAsks.tsx'
import { ReportFile } from './ReportFile.tsx'
import { reports } from './reports-api.ts'

const list = '/overview/reports'
const begin: Asks = {
  metrics: ['revenue', 'buyers'],
  where: { is: 'everyone' },
  split: 'month',
  period: { last: 12, unit: 'months' },
  compare: 'none',
}

/** A saved report. Its address is the link for colleagues: each sees what their sight shows. */
export function ReportPage() {
  const t = useT()
  const id = useId()
  const found = useQuery(reports.query.get.queryOptions({ input: { id }, refetchOnWindowFocus: false }))
  const report = found.data as Report | undefined
  return (
    <PageFrame
      title={report?.name ?? t('reports.title')}
      subtitle={report?.note}
      back={{ to: list, label: t('reports.title') }}
    >
      <Loaded of={found}>
        {(data) => <ReportForm key={data.version} report={data as Report} onLoad={found.refetch} />}
      </Loaded>
    </PageFrame>
  )
}

export function NewReportPage() {
  const t = useT()
  return (
    <PageFrame title={t('reports.new')} back={{ to: list, label: t('reports.title') }}>
      <ReportForm />
    </PageFrame>
  )
}

function ReportForm({ report, onLoad }: { report?: Report; onLoad?: () => Promise<unknown> }) {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const mayEdit = useMay()('reports.edit')
  const [asks, setAsks] = useState<Asks>(report?.asks ?? begin)
  const { owned, setOwned, changed: renamed } = useOwned(report)
  const { name, note, ownerId } = owned
  const done = async (words: string) => {
    notify(words)
    await navigate({ to: list })
    await queries.invalidateQueries({ queryKey: reports.query.key() })
  }
  const save = useMutation({
    mutationFn: () =>
      report
        ? reports.call.edit(
            { id: report.id, name, note: note.trim() || null, ownerId, asks },
            { context: { ifMatch: report.version } },
          )
        : reports.call.add({ name, note: note.trim() || undefined, ownerId: ownerId ?? undefined, asks }),
    onSuccess: () => done(t('reports.saved')),
  })
  const remove = useMutation({
    mutationFn: () => reports.call.remove({ id: report!.id }),
    onSuccess: () => done(t('reports.was_removed')),
  })
  const changed = !report || renamed || JSON.stringify(asks) !== JSON.stringify(report.asks)
  return (
    <>
      {onLoad && <ConflictNote error={save.error} onLoad={onLoad} />}
      <ReportAsks asks={asks} onChange={setAsks} />
      <ReportAnswer asks={asks} />
      <div className="note-actions">
        <ReportFile name={name.trim() || t('reports.new')} asks={asks} />
        {report && (
          <QuietButton
            onClick={() =>
              void navigator.clipboard?.writeText(location.href).then(() => notify(t('reports.link_copied')))
            }
          >
            {t('reports.link')}
          </QuietButton>
        )}
      </div>
      {mayEdit && (
        <>
          <OwnedFields
            id="report"
            owned={owned}
            onChange={setOwned}
            labels={{ name: t('reports.name'), owner: t('reports.owner'), note: t('reports.note_field') }}
          />
          <ErrorNote error={save.error ?? remove.error} />
          {report && (
            <p>
              <QuietButton disabled={remove.isPending} onClick={() => remove.mutate()}>
                {t('reports.remove')}
              </QuietButton>
            </p>
          )}
          <SaveBar
            saving={save.isPending}
            changed={Boolean(report) && changed}
            onCancel={() => void navigate({ to: list })}
            onSave={() => name.trim() && save.mutate()}
          />
        </>
      )}
    </>
  )
}
