import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { customersContract } from '#know/customers/contract.ts'
import { instantIn } from '#platform/days.ts'
import { apiOf } from '#web/api.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'
import { DayField } from '#web/kit/DayField.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { useMerchant } from '#web/session.ts'
import { type Channel, channels, type Purpose, purposes, type Subject } from '../contract.ts'
import { consent } from './consent-api.ts'

const customers = apiOf('customers', customersContract)

type Kind = Subject | 'no_phone'
const kinds = ['contact', 'no_phone', 'pause', 'less_often', 'impersonal', 'minor', 'deceased'] as const

/** What somebody says at the counter or on the phone, written down with where the evidence is. */
export function RecordConsent({ id, onDone }: { id: number; onDone: () => void }) {
  const t = useT()
  const locale = useLocale()
  const zone = useMerchant()?.zone ?? 'UTC'
  const queries = useQueryClient()
  const [kind, setKind] = useState<Kind>('contact')
  const [channel, setChannel] = useState<Channel | 'any'>('any')
  const [purpose, setPurpose] = useState<Purpose | 'any'>('promotion')
  const [yes, setYes] = useState(true)
  const [until, setUntil] = useState<string>()
  const [proof, setProof] = useState('')
  const [words, setWords] = useState('')
  const isContact = kind === 'contact'
  const allows = (isContact && yes) || (!isContact && kind !== 'no_phone' && kind !== 'pause' && !yes)
  const record = useMutation({
    mutationFn: () =>
      consent.call.record({
        id,
        said: [
          kind === 'no_phone'
            ? { subject: 'contact', channel: 'phone', purpose: 'any', decision: 'refused' }
            : isContact
              ? { subject: kind, channel, purpose, decision: yes ? 'allowed' : 'refused', until: untilOf(yes && until) }
              : { subject: kind, decision: yes ? 'on' : 'off', until: untilOf(kind === 'pause' && yes && until) },
        ],
        ...(proof.trim() ? { proof: proof.trim() } : {}),
        ...(words.trim() ? { text: { locale, words: words.trim() } } : {}),
      }),
    async onSuccess(picture) {
      queries.setQueryData(consent.query.get.queryKey({ input: { id } }), picture as never)
      notify(t('consent.recorded'))
      onDone()
      await Promise.all([
        queries.invalidateQueries({ queryKey: consent.query.history.key() }),
        queries.invalidateQueries({ queryKey: consent.query.link.key() }),
        queries.invalidateQueries({ queryKey: customers.query.timeline.key() }),
      ])
    },
  })
  const untilOf = (day: string | false | undefined) => (day ? instantIn(zone, `${day}T00:00:00`).toISOString() : null)
  const options = <T extends string>(some: readonly T[], key: string) =>
    some.map((value) => ({ value, label: t(`consent.${key}.${value}`) }))
  return (
    <form
      className="consent-form"
      onSubmit={(event) => {
        event.preventDefault()
        record.mutate()
      }}
    >
      <Select
        aria-label={t('consent.what')}
        value={kind}
        onChange={(next) => {
          setKind(next)
          setYes(true)
        }}
        options={options(kinds, 'mark')}
      />
      {isContact && (
        <>
          <Select
            aria-label={t('consent.by_which')}
            value={channel}
            onChange={setChannel}
            options={options([...channels, 'any'], 'channel')}
          />
          <Select
            aria-label={t('consent.for_what')}
            value={purpose}
            onChange={setPurpose}
            options={options([...purposes, 'any'], 'purpose')}
          />
        </>
      )}
      {kind !== 'no_phone' && (
        <Choices
          label={t('consent.what')}
          value={yes ? 'yes' : 'no'}
          options={[
            { value: 'yes', label: t(isContact ? 'consent.decision.allowed' : 'consent.decision.on') },
            { value: 'no', label: t(isContact ? 'consent.decision.refused' : 'consent.decision.off') },
          ]}
          onPick={(value) => setYes(value === 'yes')}
        />
      )}
      {yes && (isContact || kind === 'pause') && (
        <DayField label={t('consent.until_day')} value={until} onChange={setUntil} />
      )}
      <Input
        aria-label={t('consent.proof')}
        placeholder={t('consent.proof_hint')}
        maxLength={300}
        required={allows}
        value={proof}
        onChange={(event) => setProof(event.target.value)}
      />
      <Input.TextArea
        aria-label={t('consent.words')}
        placeholder={t('consent.words_hint')}
        maxLength={4000}
        autoSize={{ minRows: 1, maxRows: 6 }}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <p className="soft">{t('consent.record_means')}</p>
      <ErrorNote error={record.error} />
      <div className="note-actions">
        <Button type="primary" htmlType="submit" loading={record.isPending} disabled={allows && !proof.trim()}>
          {t('consent.record_do')}
        </Button>
        <QuietButton onClick={onDone}>{t('web.cancel')}</QuietButton>
      </div>
    </form>
  )
}
