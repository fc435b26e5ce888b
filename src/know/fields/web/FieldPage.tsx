import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Checkbox, Form, Input, Select } from 'antd'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { useId } from '#web/place.ts'
import { type FieldKind, fieldKinds, type OwnField } from '../contract.ts'
import { ChoiceRows } from './ChoiceRows.tsx'
import { fields } from './fields-api.ts'

const back = '/settings/fields'

export function NewFieldPage() {
  const t = useT()
  return (
    <PageFrame title={t('fields.add')} back={{ to: back, label: t('fields.title') }} narrow>
      <FieldForm />
    </PageFrame>
  )
}

/** A field of the shop's own; its kind stays, because values have it. */
export function FieldPage() {
  const t = useT()
  const id = useId()
  const list = useQuery(fields.query.list.queryOptions({ input: {}, refetchOnWindowFocus: false }))
  const field = (list.data?.items as OwnField[] | undefined)?.find((one) => one.id === id)
  return (
    <PageFrame title={field?.name ?? t('fields.field')} back={{ to: back, label: t('fields.title') }} narrow>
      <Loaded of={list}>
        {() =>
          field ? (
            <FieldForm key={field.version} field={field} onLoad={list.refetch} />
          ) : (
            <EmptyState title={t('fields.unknown')} />
          )
        }
      </Loaded>
    </PageFrame>
  )
}

type Values = { name: string; kind: FieldKind; sensitive?: boolean; choices?: { id?: number; name: string }[] }

function FieldForm({ field, onLoad }: { field?: OwnField; onLoad?: () => Promise<unknown> }) {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [form] = Form.useForm<Values>()
  const kind = Form.useWatch('kind', form) ?? field?.kind
  const done = async (words: string) => {
    notify(words)
    await queries.invalidateQueries({ queryKey: fields.query.key() })
    await navigate({ to: back })
  }
  const save = useMutation({
    mutationFn: ({ name, kind, sensitive = false, choices = [] }: Values) => {
      const given = choices.filter((one) => one?.name?.trim()).map(({ id, name }) => ({ id, name: name.trim() }))
      return field
        ? fields.call.edit({ id: field.id, name, sensitive, choices: given }, { context: { ifMatch: field.version } })
        : fields.call.add({ name, kind, sensitive, choices: given })
    },
    onSuccess: () => done(t('fields.saved')),
  })
  const remove = useMutation({
    mutationFn: (id: number) => fields.call.remove({ id }),
    onSuccess: () => done(t('fields.was_removed')),
  })
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={field ?? { kind: 'text', choices: [{ name: '' }, { name: '' }] }}
      onFinish={(values) => save.mutate({ ...values, kind: values.kind ?? field!.kind })}
    >
      {onLoad && <ConflictNote error={save.error} onLoad={onLoad} />}
      <Form.Item
        name="name"
        label={t('fields.name')}
        rules={[{ required: true, whitespace: true, max: 60, message: t('fields.name_needed') }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      {field ? (
        <p>
          {t('fields.kind')}: {t(`fields.kind.${field.kind}`)}
        </p>
      ) : (
        <Form.Item name="kind" label={t('fields.kind')} extra={t('fields.kind_stays')}>
          <Select options={fieldKinds.map((one) => ({ value: one, label: t(`fields.kind.${one}`) }))} />
        </Form.Item>
      )}
      {(kind === 'choice' || kind === 'choices') && <ChoiceRows />}
      <Form.Item name="sensitive" valuePropName="checked" extra={t('fields.sensitive_means')}>
        <Checkbox>{t('fields.sensitive')}</Checkbox>
      </Form.Item>
      <ErrorNote error={save.error ?? remove.error} />
      {field && (
        <p>
          <QuietButton disabled={remove.isPending} onClick={() => remove.mutate(field.id)}>
            {t('fields.remove')}
          </QuietButton>
        </p>
      )}
      <SaveBar saving={save.isPending} onCancel={() => void navigate({ to: back })} />
    </Form>
  )
}
