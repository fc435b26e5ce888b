import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { problemOf } from '#web/problem-error.ts'
import type { ClassNames } from '../contract.ts'
import { value } from './value-api.ts'

const classes = ['retain', 'develop', 'loyal', 'ordinary'] as const

/** What the shop calls its four classes of value. */
export default function ClassNamesPage() {
  const t = useT()
  const stored = useQuery(value.query.names.queryOptions({ input: {} }))
  return (
    <PageFrame
      title={t('value.names')}
      subtitle={t('value.names_means')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
      narrow
    >
      <Loaded of={stored}>{(data) => <Edit key={data.version} {...data} onLoad={() => stored.refetch()} />}</Loaded>
    </PageFrame>
  )
}

function Edit({ names, version, onLoad }: { names: ClassNames; version: number; onLoad: () => unknown }) {
  const t = useT()
  const queries = useQueryClient()
  const [wanted, setWanted] = useState(names)
  const changed = classes.some((one) => wanted[one] !== names[one])
  const save = useMutation(
    value.query.saveNames.mutationOptions({
      context: { ifMatch: version },
      onSuccess() {
        notify(t('value.names_saved'))
        return queries.invalidateQueries()
      },
    }),
  )
  const conflict = save.error && problemOf(save.error).status === 412
  return (
    <Form layout="vertical" onFinish={() => save.mutate(wanted)}>
      {classes.map((one) => (
        <Form.Item key={one} label={t(`value.class_means.${one}`)} htmlFor={`class-${one}`}>
          <Input
            id={`class-${one}`}
            value={wanted[one] ?? ''}
            placeholder={t(`web.value.${one}`)}
            maxLength={20}
            onChange={(event) => setWanted({ ...wanted, [one]: event.target.value.trimStart() || null })}
          />
        </Form.Item>
      ))}
      {conflict ? <ConflictNote error={save.error} onLoad={onLoad} /> : save.error && <ErrorNote error={save.error} />}
      <SaveBar saving={save.isPending} changed={changed} onCancel={changed ? () => setWanted(names) : undefined} />
    </Form>
  )
}
