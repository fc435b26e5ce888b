import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { useMay } from '#web/session.ts'
import { Claim } from './Claim.tsx'
import { CountsAs } from './CountsAs.tsx'
import { MadeOf } from './MadeOf.tsx'
import { Merges } from './Merges.tsx'
import { MergeWith } from './MergeWith.tsx'
import './identity.css'

/** Who is the same person: what a customer is made of, and making one of two, or two of one. */
export default function IdentityPanel({ id }: { id: number }) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const [doing, setDoing] = useState<'merge' | 'claim'>()
  return (
    <>
      <MadeOf id={id} />
      {mayEdit && (
        <div className="note-actions">
          <QuietButton
            aria-expanded={doing === 'merge'}
            onClick={() => setDoing(doing === 'merge' ? undefined : 'merge')}
          >
            {t('identity.merge')}
          </QuietButton>
          <QuietButton
            aria-expanded={doing === 'claim'}
            onClick={() => setDoing(doing === 'claim' ? undefined : 'claim')}
          >
            {t('identity.claim')}
          </QuietButton>
        </div>
      )}
      {doing === 'merge' && <MergeWith id={id} onDone={() => setDoing(undefined)} />}
      {doing === 'claim' && <Claim id={id} onDone={() => setDoing(undefined)} />}
      <Merges id={id} />
      <CountsAs id={id} />
    </>
  )
}
