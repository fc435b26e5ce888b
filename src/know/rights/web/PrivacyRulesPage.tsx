import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, InputNumber, Select } from 'antd'
import { useT } from '#web/i18n.ts'
import { ErrorOrProof } from '#web/kit/ErrorOrProof.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { laws, type RightsRules } from '../contract.ts'
import { rights } from './rights-api.ts'

/** How long there is for an answer. */
export function PrivacyRulesPage() {
  const t = useT()
  const rules = useQuery(rights.query.rules.queryOptions({ input: {} }))
  return (
    <PageFrame title={t('rights.rules')} back={{ to: '/settings/privacy', label: t('rights.title') }} narrow>
      <p className="soft">{t('rights.rules_means')}</p>
      <Loaded of={rules}>{(saved) => <RulesForm key={saved.version} saved={saved} />}</Loaded>
    </PageFrame>
  )
}

function RulesForm({ saved }: { saved: { rules: RightsRules; version: number } }) {
  const t = useT()
  const queries = useQueryClient()
  const save = useMutation({
    ...rights.query.saveRules.mutationOptions(),
    retry: false,
    onSuccess(answer) {
      queries.setQueryData(rights.query.rules.queryKey({ input: {} }), answer)
      notify(t('rights.rules_saved'))
    },
  })
  return (
    <Form<RightsRules>
      layout="vertical"
      requiredMark={false}
      initialValues={saved.rules}
      onFinish={(rules) => save.mutate({ rules, version: saved.version })}
    >
      <Form.Item name="law" label={t('rights.law_usual')}>
        <Select options={laws.map((value) => ({ value, label: t(`rights.law.${value}`) }))} />
      </Form.Item>
      <Form.Item name="piplWorkingDays" label={t('rights.pipl_days')}>
        <InputNumber min={1} max={60} precision={0} />
      </Form.Item>
      <Form.Item name="gdprMonths" label={t('rights.gdpr_months')}>
        <InputNumber min={1} max={3} precision={0} />
      </Form.Item>
      <Form.Item name="otherDays" label={t('rights.other_days')}>
        <InputNumber min={1} max={120} precision={0} />
      </Form.Item>
      <ErrorOrProof of={[save]} />
      <SaveBar saving={save.isPending} />
    </Form>
  )
}
