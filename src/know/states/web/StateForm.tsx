import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import type { State } from '../contract.ts'
import { states } from './states-api.ts'

/** A state declared or changed: its name, what it is for, and where one may go from it. */
export function StateForm({ state, all, onDone }: { state?: State; all: readonly State[]; onDone: () => void }) {
  const t = useT()
  const queries = useQueryClient()
  const [name, setName] = useState(state?.name ?? '')
  const [means, setMeans] = useState(state?.means ?? '')
  const [begins, setBegins] = useState(state?.begins ?? true)
  const [ends, setEnds] = useState(state?.ends ?? true)
  const [to, setTo] = useState<number[]>(state?.to ?? [])
  const others = all.filter(({ id, offered }) => id !== state?.id && (offered || to.includes(id)))
  const save = useMutation({
    mutationFn: (change: { offered?: boolean }) => {
      const said = { name: name.trim(), means: means.trim() || null, begins, ends, to, ...change }
      return state
        ? states.call.edit({ id: state.id, ...said }, { context: { ifMatch: state.version } })
        : states.call.add(said)
    },
    onSuccess() {
      notify(t('states.was_saved'))
      onDone()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: states.query.key() }),
  })
  return (
    <Form layout="vertical" className="state-edit" onFinish={() => name.trim() && save.mutate({})}>
      <Form.Item label={t('states.name')} htmlFor="state-name">
        <Input id="state-name" value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </Form.Item>
      <Form.Item label={t('states.meaning')} htmlFor="state-means">
        <Input id="state-means" value={means} maxLength={300} onChange={(event) => setMeans(event.target.value)} />
      </Form.Item>
      <Form.Item label={t('states.goals')} htmlFor="state-to">
        <Select
          id="state-to"
          mode="multiple"
          value={to}
          onChange={setTo}
          placeholder={t('states.goals_hint')}
          options={others.map((one) => ({ value: one.id, label: one.name }))}
        />
      </Form.Item>
      <p>
        <Checkbox checked={begins} onChange={(event) => setBegins(event.target.checked)}>
          {t('states.begins')}
        </Checkbox>
      </p>
      <p>
        <Checkbox checked={ends} onChange={(event) => setEnds(event.target.checked)}>
          {t('states.ends')}
        </Checkbox>
      </p>
      <ErrorNote error={save.error} />
      <div className="note-actions">
        <Button type="primary" htmlType="submit" disabled={!name.trim()} loading={save.isPending}>
          {t('web.save')}
        </Button>
        <QuietButton onClick={onDone}>{t('web.cancel')}</QuietButton>
        {state && (
          <QuietButton disabled={save.isPending} onClick={() => save.mutate({ offered: !state.offered })}>
            {t(state.offered ? 'states.end' : 'states.again')}
          </QuietButton>
        )}
      </div>
    </Form>
  )
}
