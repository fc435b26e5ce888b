import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import type { Level } from '#platform/context.ts'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { ErrorOrProof } from '#web/kit/ErrorOrProof.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { problemOf } from '#web/problem-error.ts'
import { useMay } from '#web/session.ts'
import { type Sight, sightKinds } from '../contract.ts'
import { staff } from './staff-api.ts'
import './staff.css'

const roles = ['admin', 'marketer', 'assistant', 'analyst'] as const
const levels: readonly Level[] = ['full', 'reveal', 'masked', 'none']
type OfRoles = Record<(typeof roles)[number], Sight>

/** How much of people's data each role is shown. */
export function SightPage() {
  const t = useT()
  const sight = useQuery(staff.query.sight.queryOptions({ input: {}, refetchOnWindowFocus: false }))
  return (
    <PageFrame
      title={t('staff.sight')}
      subtitle={t('staff.sight_note')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
    >
      <Loaded of={sight}>
        {({ roles, version }) => (
          <Table key={version} roles={roles as OfRoles} version={version} onLoad={sight.refetch} />
        )}
      </Loaded>
    </PageFrame>
  )
}

function Table({ roles: saved, version, onLoad }: { roles: OfRoles; version: number; onLoad: () => Promise<unknown> }) {
  const t = useT()
  const owner = useMay()('staff.owners')
  const queries = useQueryClient()
  const [chosen, setChosen] = useState(saved)
  const save = useMutation({
    ...staff.query.saveSight.mutationOptions({ context: { ifMatch: version } }),
    async onSuccess() {
      notify(t('staff.sight_saved'))
      await queries.invalidateQueries({ queryKey: staff.query.sight.key() })
    },
  })
  const conflict = save.error !== null && problemOf(save.error).status === 412
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ roles: chosen })
      }}
    >
      <p className="soft sight-means">{t('staff.sight_means')}</p>
      <div className="sight">
        {roles.map((role) => (
          <section key={role} className="panel" aria-labelledby={`sight-${role}`}>
            <h2 id={`sight-${role}`}>{t(`staff.role.${role}`)}</h2>
            <dl className="facts">
              {sightKinds.map((kind) => (
                <div key={kind} className="sight-line">
                  <dt>
                    <label htmlFor={`${role}-${kind}`}>{t(`staff.sight.${kind}`)}</label>
                  </dt>
                  <dd>
                    {owner ? (
                      <Select<Level>
                        id={`${role}-${kind}`}
                        aria-label={`${t(`staff.role.${role}`)}: ${t(`staff.sight.${kind}`)}`}
                        value={chosen[role][kind]}
                        onChange={(level) => setChosen({ ...chosen, [role]: { ...chosen[role], [kind]: level } })}
                        options={levels.map((level) => ({ value: level, label: t(`staff.level.${level}`) }))}
                        popupMatchSelectWidth={false}
                      />
                    ) : (
                      t(`staff.level.${chosen[role][kind]}`)
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <ConflictNote error={save.error} onLoad={onLoad} />
      {!conflict && <ErrorOrProof of={[save]} />}
      {owner ? (
        <SaveBar saving={save.isPending} changed={JSON.stringify(chosen) !== JSON.stringify(saved)} />
      ) : (
        <p className="soft">{t('staff.sight_owners')}</p>
      )}
    </form>
  )
}
