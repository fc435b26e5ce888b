import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Checkbox, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { apiFetch } from '#web/api.ts'
import { useT } from '#web/i18n.ts'
import { ErrorOrProof } from '#web/kit/ErrorOrProof.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Count, DayText, InstantText } from '#web/kit/values.tsx'
import { useId } from '#web/place.ts'
import { type PrivacyRequest, refusals } from '../contract.ts'
import { rights } from './rights-api.ts'
import './rights.css'

/** One request: what, by when, and what is done about it. */
export function PrivacyRequestPage() {
  const id = useId()
  const t = useT()
  const request = useQuery({
    ...rights.query.get.queryOptions({ input: { id } }),
    refetchInterval: ({ state }) => ((state.data as PrivacyRequest | undefined)?.state === 'erasing' ? 2000 : false),
  })
  const data = request.data as PrivacyRequest | undefined
  return (
    <PageFrame
      title={data ? t(`rights.kind.${data.kind}`) : t('rights.request')}
      back={{ to: '/settings/privacy', label: t('rights.title') }}
      narrow
    >
      <Loaded of={request}>{(data) => <Request of={data as PrivacyRequest} />}</Loaded>
    </PageFrame>
  )
}

function Request({ of: request }: { of: PrivacyRequest }) {
  const t = useT()
  const { state, customer, customerId, law, cameBy, askedOn, dueOn, note, refusal, answer, failure, doneAt } = request
  const isGone = request.kind === 'erase' && state !== 'open' && state !== 'refused'
  const lines: [string, ReactNode][] = [
    ['rights.state', t(`rights.state.${state}`)],
    [
      'rights.who',
      isGone ? (
        `#${customerId}`
      ) : (
        <Link key="who" to={`/customers/${customerId}`}>
          {customer ?? `#${customerId}`}
        </Link>
      ),
    ],
    ['rights.law', t(`rights.law.${law}`)],
    ['rights.came_by', t(`rights.by.${cameBy}`)],
    ['rights.asked_on', <DayText key="asked" day={askedOn} />],
    ['rights.due_on', <DayText key="due" day={dueOn} />],
  ]
  return (
    <>
      <dl className="rights-lines">
        {lines.map(([title, value]) => (
          <div key={title}>
            <dt>{t(title)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {note && <p>{note}</p>}
      {refusal && (
        <p>
          <strong>{t(`rights.refusal.${refusal}`)}</strong>
          <br />
          {answer}
        </p>
      )}
      {state === 'erasing' && (
        <p role="status">
          {t('rights.erasing', { steps: request.steps })}
          {failure && (
            <>
              <br />
              {t('rights.erasing_failed')}
            </>
          )}
        </p>
      )}
      {doneAt && (
        <p className="soft">
          {t('rights.done_at')} <InstantText at={doneAt} exact /> {request.actorName && `· ${request.actorName}`}
        </p>
      )}
      {request.kind === 'export' && state !== 'refused' && <Export of={request} />}
      {request.kind === 'erase' && state === 'open' && <Erase of={request} />}
      {state === 'open' && <Refuse of={request} />}
      <Summary of={request} />
    </>
  )
}

function useNewState(id: number) {
  const queries = useQueryClient()
  return async (request?: unknown) => {
    if (request) queries.setQueryData(rights.query.get.queryKey({ input: { id } }), request as never)
    else await queries.invalidateQueries({ queryKey: rights.query.get.key() })
    await queries.invalidateQueries({ queryKey: rights.query.list.key() })
  }
}

function Export({ of: { id, customerId } }: { of: PrivacyRequest }) {
  const t = useT()
  const changed = useNewState(id)
  const save = useMutation({
    retry: false,
    async mutationFn(_again: undefined) {
      const answer = await apiFetch(`/api/privacy-requests/${id}/export`, { method: 'POST' })
      download(await answer.blob(), `person-${customerId}.zip`)
    },
    onSuccess: () => changed(),
  })
  return (
    <section className="panel" aria-labelledby="export">
      <h2 id="export">{t('rights.export')}</h2>
      <p className="soft">{t('rights.export_means')}</p>
      <ErrorOrProof of={[save]} />
      <Button type="primary" loading={save.isPending} onClick={() => save.mutate(undefined)}>
        {t('rights.export_do')}
      </Button>
    </section>
  )
}

function Erase({ of: { id, version } }: { of: PrivacyRequest }) {
  const t = useT()
  const changed = useNewState(id)
  const [sure, setSure] = useState(false)
  const erase = useMutation({
    retry: false,
    mutationFn: (_again: undefined) => rights.call.erase({ id }, { context: { ifMatch: version } }),
    onSuccess: changed,
  })
  return (
    <section className="panel" aria-labelledby="erase">
      <h2 id="erase">{t('rights.erase')}</h2>
      <p>{t('rights.erase_means')}</p>
      <p className="soft">{t('rights.erase_stays')}</p>
      <Checkbox checked={sure} onChange={({ target }) => setSure(target.checked)}>
        {t('rights.erase_sure')}
      </Checkbox>
      <ErrorOrProof of={[erase]} />
      <p>
        <Button
          danger
          type="primary"
          disabled={!sure}
          loading={erase.isPending}
          onClick={() => erase.mutate(undefined)}
        >
          {t('rights.erase_do')}
        </Button>
      </p>
    </section>
  )
}

function Refuse({ of: { id, version } }: { of: PrivacyRequest }) {
  const t = useT()
  const changed = useNewState(id)
  const [open, setOpen] = useState(false)
  const [refusal, setRefusal] = useState<(typeof refusals)[number]>()
  const [answer, setAnswer] = useState('')
  const refuse = useMutation({
    retry: false,
    mutationFn: (_again: undefined) =>
      rights.call.refuse({ id, refusal: refusal!, answer: answer.trim() }, { context: { ifMatch: version } }),
    onSuccess: changed,
  })
  if (!open) return <QuietButton onClick={() => setOpen(true)}>{t('rights.refuse')}</QuietButton>
  return (
    <form
      className="rights-refuse"
      onSubmit={(event) => {
        event.preventDefault()
        refuse.mutate(undefined)
      }}
    >
      <p className="soft">{t('rights.refuse_means')}</p>
      <Select
        aria-label={t('rights.refusal')}
        placeholder={t('rights.refusal')}
        value={refusal}
        onChange={setRefusal}
        options={refusals.map((value) => ({ value, label: t(`rights.refusal.${value}`) }))}
      />
      <Input.TextArea
        aria-label={t('rights.answer')}
        placeholder={t('rights.answer')}
        maxLength={1000}
        autoSize={{ minRows: 2, maxRows: 8 }}
        value={answer}
        onChange={(event) => setAnswer(event.target.value)}
      />
      <ErrorOrProof of={[refuse]} />
      <div className="note-actions">
        <Button type="primary" htmlType="submit" loading={refuse.isPending} disabled={!refusal || !answer.trim()}>
          {t('rights.refuse_do')}
        </Button>
        <QuietButton onClick={() => setOpen(false)}>{t('web.cancel')}</QuietButton>
      </div>
    </form>
  )
}

function Summary({ of: { summary } }: { of: PrivacyRequest }) {
  const t = useT()
  const rows = Object.entries(summary).filter(([, count]) => count > 0)
  if (rows.length === 0) return null
  return (
    <details>
      <summary>{t('rights.summary')}</summary>
      <table className="rights-summary">
        <tbody>
          {rows.map(([table, count]) => (
            <tr key={table}>
              <th scope="row">
                <code>{table}</code>
              </th>
              <td>
                <Count value={count} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function download(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
