import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Form } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { problemOf } from '#web/problem-error.ts'
import type { IdentityRule, IdentitySettings } from '../contract.ts'
import { identity } from './identity-api.ts'
import { OwnIdentifiers } from './OwnIdentifiers.tsx'
import './identity.css'

/** How people are recognised: each kind of identifier in the order in which it is weighed, and what it says. */
export default function RulesPage() {
  const t = useT()
  const stored = useQuery(identity.query.rules.queryOptions({ input: {} }))
  return (
    <PageFrame
      title={t('identity.settings')}
      subtitle={t('identity.settings_means')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
      narrow
    >
      <Loaded of={stored}>{(data) => <Edit key={data.version} {...data} onLoad={() => stored.refetch()} />}</Loaded>
    </PageFrame>
  )
}

function Edit(props: { rules: IdentityRule[]; settings: IdentitySettings; version: number; onLoad: () => unknown }) {
  const { rules, settings, version, onLoad } = props
  const t = useT()
  const queries = useQueryClient()
  const [wanted, setWanted] = useState(settings)
  const changed = JSON.stringify(wanted) !== JSON.stringify(settings)
  const save = useMutation(
    identity.query.saveRules.mutationOptions({
      context: { ifMatch: version },
      onSuccess() {
        notify(t('identity.was_saved'))
        return queries.invalidateQueries()
      },
    }),
  )
  const conflict = save.error && problemOf(save.error).status === 412
  return (
    <Form layout="vertical" onFinish={() => save.mutate(wanted)}>
      <section className="panel">
        <h2>{t('identity.rules')}</h2>
        <p className="soft">{t('identity.rules_means')}</p>
        <ol className="identity-rules">
          {rules.map((rule) => (
            <li key={rule.kind}>
              <div>
                <strong>{t(`customers.field.${rule.kind}`)}</strong>
                <p className="soft">
                  {t(`identity.${rule.exclusive ? 'exclusive' : rule.sharable ? 'sharable' : 'alone'}`)}
                </p>
              </div>
              {rule.adjustable ? (
                <Choices
                  label={t(`customers.field.${rule.kind}`)}
                  value={wanted[rule.kind as 'phone' | 'email']}
                  options={[
                    { value: 'strong', label: t('identity.strong') },
                    { value: 'weak', label: t('identity.weak') },
                  ]}
                  onPick={(strength) => setWanted({ ...wanted, [rule.kind]: strength })}
                />
              ) : (
                <span>{t(`identity.${rule.strength}`)}</span>
              )}
            </li>
          ))}
        </ol>
        <p className="soft">{t('identity.anonymous_means')}</p>
      </section>
      <OwnIdentifiers own={wanted.own} onChange={(own) => setWanted({ ...wanted, own })} />
      {conflict ? <ConflictNote error={save.error} onLoad={onLoad} /> : save.error && <ErrorNote error={save.error} />}
      <SaveBar saving={save.isPending} changed={changed} onCancel={changed ? () => setWanted(settings) : undefined} />
    </Form>
  )
}
