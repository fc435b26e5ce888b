import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { Icon } from '#web/kit/icon.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { InstantText } from '#web/kit/values.tsx'
import { Why } from '#web/kit/Why.tsx'
import { useMay } from '#web/session.ts'
import { type AnswerShown, type ConsentPicture, channels, purposes } from '../contract.ts'
import { ConsentHistory } from './ConsentHistory.tsx'
import { consent } from './consent-api.ts'
import { PreferenceLink } from './PreferenceLink.tsx'
import { Reasons } from './Reasons.tsx'
import { RecordConsent } from './RecordConsent.tsx'
import './consent.css'

/** What a customer allows, by channel and purpose, and why; what was said, with the evidence; writing down what she says now. */
export default function ConsentPanel({ id }: { id: number }) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const picture = useQuery(consent.query.get.queryOptions({ input: { id } }))
  const [open, setOpen] = useState<'record' | 'link' | 'history'>()
  const turn = (which: typeof open) => setOpen(open === which ? undefined : which)
  return (
    <>
      <Loaded of={picture}>{(data) => <Picture of={data as ConsentPicture} />}</Loaded>
      <p className="consent-acts">
        {mayEdit && (
          <>
            <QuietButton aria-expanded={open === 'record'} onClick={() => turn('record')}>
              {t('consent.record')}
            </QuietButton>
            <QuietButton aria-expanded={open === 'link'} onClick={() => turn('link')}>
              {t('consent.link')}
            </QuietButton>
          </>
        )}
        <QuietButton aria-expanded={open === 'history'} onClick={() => turn('history')}>
          {t('consent.history')}
        </QuietButton>
      </p>
      {open === 'record' && <RecordConsent id={id} onDone={() => setOpen(undefined)} />}
      {open === 'link' && <PreferenceLink id={id} />}
      {open === 'history' && <ConsentHistory id={id} />}
    </>
  )
}

function Picture({ of: { cells, marks, personal, balances } }: { of: ConsentPicture }) {
  const t = useT()
  const unreached = channels.filter((channel) =>
    cells.some((cell) => cell.channel === channel && cell.reasons.some(({ code }) => code === 'no_address')),
  )
  const reached = channels.filter((channel) => !unreached.includes(channel))
  return (
    <>
      {marks.length > 0 && (
        <ul className="consent-marks">
          {marks.map(({ subject, until }) => (
            <li key={subject}>
              {t(`consent.mark.${subject}`)}
              {until && (
                <>
                  {' '}
                  {t('consent.until')} <InstantText at={until} exact />
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {reached.length > 0 ? (
        <ul className="consent-cells">
          {reached.map((channel) => (
            <li key={channel}>
              <strong>{t(`consent.channel.${channel}`)}</strong>
              {purposes.map((purpose) => {
                const cell = cells.find((one) => one.channel === channel && one.purpose === purpose)
                return cell && <Answer key={purpose} what={`consent.purpose.${purpose}`} channel={channel} of={cell} />
              })}
            </li>
          ))}
        </ul>
      ) : (
        <p>{t('consent.no_address_at_all')}</p>
      )}
      <p className="consent-personal">
        <Answer what="consent.personal" of={personal} />
      </p>
      {balances.map(({ channel, app, template, balance }) => (
        <p key={`${app} ${template}`} className="soft">
          {t('consent.balance', { channel: t(`consent.channel.${channel}`), template, balance })}
        </p>
      ))}
      {reached.length > 0 && unreached.length > 0 && (
        <p className="soft">
          {t('consent.no_address_for', { channels: unreached.map((one) => t(`consent.channel.${one}`)).join(' · ') })}
        </p>
      )}
    </>
  )
}

const icons = { yes: 'check', no: 'close', unknown: 'why' } as const

function Answer({ what, channel, of }: { what: string; channel?: string; of: AnswerShown }) {
  const t = useT()
  const name = channel ? `${t(`consent.channel.${channel}`)}, ${t(what)}` : t(what)
  return (
    <span className={`consent-answer ${of.may}`}>
      <Icon name={icons[of.may]} size={16} />
      {t(what)}: <span>{t(`consent.may.${of.may}`)}</span>
      <Why of={name}>
        <Reasons of={of.reasons} />
      </Why>
    </span>
  )
}
