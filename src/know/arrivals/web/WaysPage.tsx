import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Icon } from '#web/kit/icon.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { useMay } from '#web/session.ts'
import type { ArrivalWay } from '../contract.ts'
import { arrivals } from './arrivals-api.ts'
import './arrivals.css'

/** Ways of the house that no page or campaign tells. */
const untracked = ['walk_in', 'friend', 'exhibition', 'partner', 'other']

type Change = { way: ArrivalWay; name?: string; offered?: boolean; place?: number }

/** The ways by which people come to the shop: named, ordered, ended. */
export function WaysPage() {
  const t = useT()
  const may = useMay()
  const queries = useQueryClient()
  const list = useQuery(arrivals.query.ways.queryOptions({ input: {} }))
  const changed = () => queries.invalidateQueries({ queryKey: arrivals.query.key() })
  const edit = useMutation({
    mutationFn: ({ way, ...change }: Change) =>
      arrivals.call.editWay({ id: way.id, ...change }, { context: { ifMatch: way.version } }),
    onSuccess(now, { offered, way }) {
      if (offered === false) {
        notify(t('arrivals.way_ended', { name: way.name }), {
          undo: () => edit.mutate({ way: now as ArrivalWay, offered: true }),
        })
      }
    },
    onSettled: changed,
  })
  return (
    <PageFrame
      title={t('arrivals.ways')}
      subtitle={t('arrivals.ways_means')}
      back={{ to: '/settings', label: t('web.nav.settings') }}
      action={may('insight.read') && <Link to="/overview/sources">{t('arrivals.costs_open')}</Link>}
      narrow
    >
      <Loaded of={list}>
        {({ items }) => {
          const all = items as ArrivalWay[]
          const offered = all.filter((way) => way.offered)
          const others = all.filter((way) => !way.offered)
          return (
            <>
              <ErrorNote error={edit.error} />
              <ol className="ways">
                {offered.map((way, at) => (
                  <WayLine
                    key={way.id}
                    way={way}
                    first={at === 0}
                    onChange={(change) => edit.mutate({ way, ...change })}
                    onUp={() => edit.mutate({ way, place: at })}
                  />
                ))}
              </ol>
              <AddWay onAdded={changed} />
              {others.length > 0 && (
                <section className="panel">
                  <h2>{t('arrivals.ended_ways')}</h2>
                  <div className="ended-ways">
                    {others.map((way) => (
                      <QuietButton
                        key={way.id}
                        icon="add"
                        aria-label={t('arrivals.way_again', { name: way.name })}
                        onClick={() => edit.mutate({ way, offered: true })}
                      >
                        {way.name}
                      </QuietButton>
                    ))}
                  </div>
                </section>
              )}
            </>
          )
        }}
      </Loaded>
    </PageFrame>
  )
}

function WayLine(props: {
  way: ArrivalWay
  first: boolean
  onChange: (change: { name?: string; offered?: boolean }) => void
  onUp: () => void
}) {
  const t = useT()
  const { way } = props
  const [name, setName] = useState<string>()
  if (name !== undefined) {
    return (
      <li>
        <form
          className="way-name"
          onSubmit={(event) => {
            event.preventDefault()
            if (name.trim() && name.trim() !== way.name) props.onChange({ name: name.trim() })
            setName(undefined)
          }}
        >
          <Input
            autoFocus
            aria-label={t('arrivals.way_name')}
            value={name}
            maxLength={60}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="primary" htmlType="submit">
            {t('web.save')}
          </Button>
          <QuietButton onClick={() => setName(undefined)}>{t('web.cancel')}</QuietButton>
        </form>
      </li>
    )
  }
  return (
    <li>
      <span>
        {way.name} {way.key && !untracked.includes(way.key) && <span className="soft">{t('arrivals.tracked')}</span>}
      </span>
      <button
        type="button"
        className="field-edit-button"
        aria-label={t('arrivals.way_rename', { name: way.name })}
        onClick={() => setName(way.name)}
      >
        <Icon name="edit" size={16} />
      </button>
      <button
        type="button"
        className="field-edit-button"
        disabled={props.first}
        aria-label={t('arrivals.way_up', { name: way.name })}
        onClick={props.onUp}
      >
        <Icon name="up" size={16} />
      </button>
      <button
        type="button"
        className="field-edit-button"
        aria-label={t('arrivals.way_end_this', { name: way.name })}
        onClick={() => props.onChange({ offered: false })}
      >
        <Icon name="close" size={16} />
      </button>
    </li>
  )
}

function AddWay({ onAdded }: { onAdded: () => unknown }) {
  const t = useT()
  const [name, setName] = useState('')
  const add = useMutation({
    mutationFn: () => arrivals.call.addWay({ name: name.trim() }),
    onSuccess() {
      setName('')
      return onAdded()
    },
  })
  return (
    <form
      className="way-name"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) add.mutate()
      }}
    >
      <Input
        aria-label={t('arrivals.way_name')}
        placeholder={t('arrivals.way_name')}
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.target.value)}
      />
      <Button htmlType="submit" loading={add.isPending} disabled={!name.trim()}>
        {t('arrivals.way_add')}
      </Button>
      <ErrorNote error={add.error} />
    </form>
  )
}
