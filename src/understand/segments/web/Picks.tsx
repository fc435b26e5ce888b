import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { called, PersonPicker } from '#know/customers/web/people.ts'
import { useT } from '#web/i18n.ts'
import { useKeyset } from '#web/kit/keyset.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageTurns } from '#web/kit/PageTurns.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { useMay } from '#web/session.ts'
import { type How, hows } from '../contract.ts'
import { PickForm } from './PickForm.tsx'
import { PickWords } from './PickWords.tsx'
import { segments } from './segments-api.ts'
import { usePicks } from './use-picks.ts'

/** Who is in a segment by hand, whatever its question says, and who is kept out. */
export function Picks({ id }: { id: number }) {
  const t = useT()
  const mayEdit = useMay()('segments.edit')
  const [open, setOpen] = useState(false)
  const [person, setPerson] = useState<number>()
  return (
    <section className="panel" aria-labelledby="picks">
      <h2 id="picks">{t('segments.by_hand')}</h2>
      <p className="soft">{t('segments.by_hand_means')}</p>
      {hows.map((how) => (
        <Picked key={how} id={id} how={how} mayEdit={mayEdit} />
      ))}
      {mayEdit && !open && (
        <QuietButton icon="add" onClick={() => setOpen(true)}>
          {t('segments.pick_somebody')}
        </QuietButton>
      )}
      {open && (
        <PickForm
          customerId={person}
          segmentId={id}
          onDone={() => {
            setOpen(false)
            setPerson(undefined)
          }}
        >
          <PersonPicker label={t('segments.pick_whom')} id={person} but={0} onPick={setPerson} />
        </PickForm>
      )}
    </section>
  )
}

function Picked({ id, how, mayEdit }: { id: number; how: How; mayEdit: boolean }) {
  const t = useT()
  const { unpick } = usePicks()
  const page = useKeyset(`picks-${how}`, { id })
  const list = useQuery(
    segments.query.picks.queryOptions({
      input: { id, how, limit: 20, after: page.after },
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <Loaded of={list} rows={1}>
      {({ items, next }) =>
        items.length === 0 && page.number === 1 ? null : (
          <>
            <h3>{t(`segments.picked.${how}`)}</h3>
            <ul className="customer-segments">
              {items.map((one) => (
                <li key={one.customer.id}>
                  <Link to="/customers/$id" params={{ id: String(one.customer.id) } as never}>
                    {called(one.customer as never)}
                  </Link>{' '}
                  <PickWords of={one} listed />
                  {mayEdit && (
                    <QuietButton
                      icon="close"
                      aria-label={t('segments.unpick_one', { name: called(one.customer as never) })}
                      disabled={unpick.isPending}
                      onClick={() => unpick.mutate({ id: one.customer.id, segmentId: id })}
                    />
                  )}
                </li>
              ))}
            </ul>
            <PageTurns page={page} next={next} />
          </>
        )
      }
    </Loaded>
  )
}
