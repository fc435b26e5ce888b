import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Checkbox, InputNumber } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorOrProof } from '#web/kit/ErrorOrProof.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { SaveBar } from '#web/kit/SaveBar.tsx'
import { type ConsentRules, channels, purposes } from '../contract.ts'
import { consent } from './consent-api.ts'
import './consent.css'

/** What the shop holds to beyond what each person said. */
export function ConsentRulesPage() {
  const t = useT()
  const rules = useQuery(consent.query.rules.queryOptions({ input: {} }))
  return (
    <PageFrame
      title={t('consent.rules_title')}
      subtitle={t('consent.rules_note')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
      narrow
    >
      <Loaded of={rules}>
        {(saved) => <RulesForm key={saved.version} saved={saved as { rules: ConsentRules; version: number }} />}
      </Loaded>
    </PageFrame>
  )
}

function RulesForm({ saved }: { saved: { rules: ConsentRules; version: number } }) {
  const t = useT()
  const queries = useQueryClient()
  const [rules, setRules] = useState(saved.rules)
  const save = useMutation({
    ...consent.query.saveRules.mutationOptions(),
    retry: false,
    onSuccess(answer) {
      queries.setQueryData(consent.query.rules.queryKey({ input: {} }), answer)
      notify(t('consent.rules_saved'))
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ rules, version: saved.version })
      }}
    >
      <fieldset className="consent-rules">
        <legend>{t('consent.assumed')}</legend>
        <p className="soft">{t('consent.assumed_means')}</p>
        {purposes.map((one) => (
          <Checkbox
            key={one}
            checked={rules.assumed.includes(one)}
            onChange={({ target }) => setRules({ ...rules, assumed: turned(rules.assumed, one, target.checked) })}
          >
            {t(`consent.purpose.${one}`)}
          </Checkbox>
        ))}
      </fieldset>
      <fieldset className="consent-rules">
        <legend>{t('consent.confirmed')}</legend>
        <p className="soft">{t('consent.confirmed_means')}</p>
        {channels.map((one) => (
          <Checkbox
            key={one}
            checked={rules.confirmed.includes(one)}
            onChange={({ target }) => setRules({ ...rules, confirmed: turned(rules.confirmed, one, target.checked) })}
          >
            {t(`consent.channel.${one}`)}
          </Checkbox>
        ))}
      </fieldset>
      <fieldset className="consent-rules">
        <legend>
          <label htmlFor="minor-age">{t('consent.minor_age')}</label>
        </legend>
        <p className="soft">{t('consent.minor_age_means')}</p>
        <InputNumber
          id="minor-age"
          min={0}
          max={21}
          precision={0}
          value={rules.minorAge}
          onChange={(age) => setRules({ ...rules, minorAge: age ?? 0 })}
        />
      </fieldset>
      <ErrorOrProof of={[save]} />
      <SaveBar saving={save.isPending} changed={JSON.stringify(rules) !== JSON.stringify(saved.rules)} />
    </form>
  )
}

function turned<T>(list: readonly T[], one: T, on: boolean): T[] {
  return on ? [...list, one] : list.filter((other) => other !== one)
}
