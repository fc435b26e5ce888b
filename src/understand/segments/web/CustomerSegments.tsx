import './segments.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Why } from '#web/kit/Why.tsx'
import { useMay } from '#web/session.ts'
import { answers } from '../contract.ts'
import { PickForm } from './PickForm.tsx'
import { PickWords } from './PickWords.tsx'
import { Reasons } from './Reasons.tsx'
import { ChooseSegment } from './segment-choice.tsx'
import { segments } from './segments-api.ts'
import { usePicks } from './use-picks.ts'

/** The segments that a customer is in, each with why; below, those she is not in, with why not. Staff decide it by hand here too. */
export function CustomerSegments({ id }: { id: number }) {
  const t = useT()
  const mayEdit = useMay()('segments.edit')
  const found = useQuery(segments.query.ofCustomer.queryOptions({ input: { id } }))
  const { unpick } = usePicks()
  return (
    <Loaded of={found} rows={2}>
      {({ items, left }) => (
        <>
          {items.length === 0 && <p className="soft">{t('segments.none_yet')}</p>}
          {answers.map((answer) => {
            const some = items.filter((one) => one.answer === answer)
            if (some.length === 0) return null
            return (
              <div key={answer}>
                <h3>{t(`segments.customer.${answer}`)}</h3>
                <ul className="customer-segments">
                  {some.map((one) => (
                    <li key={one.id}>
                      <Link to="/segments/$id" params={{ id: String(one.id) } as never}>
                        {one.name}
                      </Link>
                      <Why of={one.name}>
                        <Reasons customerId={id} question={{ is: 'segment', in: [one.id] }} />
                      </Why>
                      {one.pick && <PickWords of={one.pick} />}
                      {one.pick && mayEdit && (
                        <QuietButton
                          icon="close"
                          aria-label={t('segments.unpick_one', { name: one.name })}
                          disabled={unpick.isPending}
                          onClick={() => unpick.mutate({ id, segmentId: one.id })}
                        />
                      )}
                    </li>
                  ))}
                </ul>
              </div>
            )
          })}
          {left > 0 && <p className="soft">{t('segments.left_out', { left })}</p>}
          {mayEdit && items.length > 0 && <PickHere id={id} />}
        </>
      )}
    </Loaded>
  )
}

function PickHere({ id }: { id: number }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const [segmentId, setSegmentId] = useState<number>()
  if (!open) {
    return (
      <QuietButton icon="add" onClick={() => setOpen(true)}>
        {t('segments.pick_here')}
      </QuietButton>
    )
  }
  return (
    <PickForm customerId={id} segmentId={segmentId} onDone={() => setOpen(false)}>
      <ChooseSegment value={segmentId} onChange={setSegmentId} />
    </PickForm>
  )
}
