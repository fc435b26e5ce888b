import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { InputNumber } from 'antd'
import { useState } from 'react'
import { useFieldWords } from '#know/customers/web/people.ts'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { commonFields } from '../contract.ts'
import { fresh } from './fresh-api.ts'
import './fresh.css'

type Months = Record<string, number | null>

/** After how many months each field is asked about. */
export function FreshPage() {
  const t = useT()
  const terms = useQuery(fresh.query.terms.queryOptions({ input: {}, refetchOnWindowFocus: false }))
  return (
    <PageFrame title={t('fresh.title')} back={{ to: '/settings', label: t('web.nav.settings') }} narrow>
      <p>{t('fresh.means')}</p>
      <Loaded of={terms}>
        {({ months, version }) => (
          <Terms key={version} version={version} months={months} onLoad={() => terms.refetch()} />
        )}
      </Loaded>
    </PageFrame>
  )
}

function Terms(props: { version: number; months: Months; onLoad: () => Promise<unknown> }) {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { label, own } = useFieldWords()
  const [months, setMonths] = useState(props.months)
  const save = useMutation({
    mutationFn: () => fresh.call.saveTerms({ months }, { context: { ifMatch: props.version } }),
    async onSuccess() {
      notify(t('fresh.saved'))
      await queries.invalidateQueries({ queryKey: fresh.query.key() })
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <p className="soft">{t('fresh.never')}</p>
      <div className="fresh-terms">
        {[...commonFields, ...own.map(({ key }) => key)].map((field) => (
          <Term
            key={field}
            id={`months-${field}`}
            label={label(field)}
            months={months[field] ?? null}
            onSay={(said) => setMonths({ ...months, [field]: said })}
          />
        ))}
      </div>
      <ConflictNote error={save.error} onLoad={props.onLoad} />
      <ErrorNote error={save.error} />
      <SaveBar saving={save.isPending} onCancel={() => void navigate({ to: '/settings' })} />
    </form>
  )
}

function Term(props: { id: string; label: string; months: number | null; onSay: (months: number | null) => void }) {
  const t = useT()
  return (
    <>
      <label htmlFor={props.id}>{props.label}</label>
      <InputNumber
        id={props.id}
        min={1}
        max={120}
        precision={0}
        placeholder="—"
        style={{ width: 148 }}
        suffix={t('fresh.months')}
        value={props.months}
        onChange={props.onSay}
      />
    </>
  )
}
