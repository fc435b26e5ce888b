import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { notify } from '#web/kit/notice.tsx'
import { useChanged } from './changed.ts'
import { identity } from './identity-api.ts'

/** Gives an order of nobody to this customer, by the number on the receipt. */
export function Claim({ id, onDone }: { id: number; onDone: () => void }) {
  const t = useT()
  const changed = useChanged()
  const [number, setNumber] = useState('')
  const back = useMutation({ ...identity.query.unclaim.mutationOptions(), onSuccess: changed })
  const claim = useMutation({
    ...identity.query.claim.mutationOptions(),
    async onSuccess({ profileId }) {
      notify(t('identity.was_claimed'), { undo: () => back.mutate({ id, profileId }) })
      onDone()
      await changed()
    },
  })
  return (
    <form
      className="claim"
      onSubmit={(event) => {
        event.preventDefault()
        if (number.trim()) claim.mutate({ id, number: number.trim() })
      }}
    >
      <Input
        aria-label={t('identity.claim_number')}
        placeholder={t('identity.claim_number')}
        autoComplete="off"
        maxLength={100}
        value={number}
        onChange={(event) => setNumber(event.target.value)}
      />
      <Button htmlType="submit" loading={claim.isPending} disabled={!number.trim()}>
        {t('identity.claim')}
      </Button>
      <ErrorNote error={claim.error} />
    </form>
  )
}
