import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { CurrencyField } from '#web/kit/CurrencyField.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { useProblemPlaces } from '#web/kit/fields.ts'
import { LanguageField } from '#web/kit/LanguageField.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { ZoneField } from '#web/kit/ZoneField.tsx'
import { problemOf } from '#web/problem-error.ts'
import { type Locale, sessionQuery } from '#web/session.ts'
import { shops } from './shops-api.ts'

type Values = { name: string; zone: string; currency: string; locale: Locale }

/** The merchant: its name, zone, currency and language. */
export function MerchantPage() {
  const t = useT()
  const merchant = useQuery(shops.query.merchant.queryOptions({ input: {}, refetchOnWindowFocus: false }))
  return (
    <PageFrame
      title={t('shops.merchant')}
      subtitle={t('shops.merchant_note')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
      narrow
    >
      <Loaded of={merchant}>
        {(data) => <Editing merchant={data} onLoad={async () => (await merchant.refetch()).data?.version} />}
      </Loaded>
    </PageFrame>
  )
}

function Editing({
  merchant,
  onLoad,
}: {
  merchant: Values & { fixed: boolean; version: number }
  onLoad: () => Promise<number | undefined>
}) {
  const t = useT()
  const queries = useQueryClient()
  const [form] = Form.useForm<Values>()
  const [changed, setChanged] = useState(false)
  const [version, setVersion] = useState(merchant.version)
  const edit = useMutation({
    ...shops.query.editMerchant.mutationOptions({ context: { ifMatch: version } }),
    async onSuccess(saved) {
      setVersion(saved.version)
      setChanged(false)
      notify(t('shops.was_saved'))
      await Promise.all([
        queries.invalidateQueries({ queryKey: shops.query.key() }),
        queries.invalidateQueries(sessionQuery),
      ])
    },
  })
  useProblemPlaces(form, edit.error)
  const conflict = edit.error !== null && problemOf(edit.error).status === 412

  return (
    <Form<Values>
      requiredMark={false}
      form={form}
      layout="vertical"
      initialValues={merchant}
      onValuesChange={() => setChanged(true)}
      onFinish={({ name, locale, zone, currency }) =>
        edit.mutate(merchant.fixed ? { name, locale } : { name, locale, zone, currency })
      }
    >
      <ConflictNote
        error={edit.error}
        onLoad={async () => {
          setVersion((await onLoad()) ?? version)
          edit.reset()
        }}
      />
      <Form.Item
        name="name"
        label={t('shops.name')}
        rules={[{ required: true, whitespace: true, max: 80, message: t('shops.name_needed') }]}
      >
        <Input autoComplete="organization" />
      </Form.Item>
      <Form.Item name="zone" label={t('shops.zone')} extra={t(merchant.fixed ? 'shops.zone_fixed' : 'shops.zone_hint')}>
        <ZoneField disabled={merchant.fixed} />
      </Form.Item>
      <Form.Item
        name="currency"
        label={t('shops.currency')}
        extra={t(merchant.fixed ? 'shops.currency_fixed' : 'shops.currency_hint')}
      >
        <CurrencyField disabled={merchant.fixed} />
      </Form.Item>
      <Form.Item name="locale" label={t('shops.locale')} extra={t('shops.locale_hint')}>
        <LanguageField />
      </Form.Item>
      {!conflict && <ErrorNote error={edit.error} />}
      <SaveBar saving={edit.isPending} changed={changed} />
    </Form>
  )
}
