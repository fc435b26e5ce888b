import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { type KeyboardEvent, useId, useState } from 'react'
import { useT } from '../i18n.ts'
import { problemOf } from '../problem-error.ts'
import { prove } from '../session.ts'
import { ErrorNote } from './ErrorNote.tsx'

/** A mutation, as far as it is tried again. */
type Tried = { error: unknown; variables: unknown; mutate: (variables: never) => void }

/**
 * As ErrorNote. Where the server asks for the password once more, a field for it; then the same is tried again. May stand within
 * a form: it is none itself.
 * @example <ErrorOrProof of={[edit, remove]} />
 */
export function ErrorOrProof({ of }: { of: readonly Tried[] }) {
  const failed = of.find(({ error }) => error)
  if (!failed) return null
  if (problemOf(failed.error).code !== 'http.prove') return <ErrorNote error={failed.error} />
  return <Proof onProved={() => failed.mutate(failed.variables as never)} />
}

function Proof({ onProved }: { onProved: () => void }) {
  const t = useT()
  const id = useId()
  const [password, setPassword] = useState('')
  const proof = useMutation({ mutationFn: () => prove(password), retry: false, onSuccess: onProved })
  const go = () => password && !proof.isPending && proof.mutate()

  function onKey(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault() // the form around it stays as it is
    go()
  }
  return (
    <section className="note proof" aria-labelledby={`${id}-title`}>
      <div>
        <label id={`${id}-title`} htmlFor={id}>
          {t('web.prove')}
        </label>
        <div className="proof-line">
          <Input.Password
            id={id}
            autoComplete="current-password"
            autoFocus
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            onKeyDown={onKey}
          />
          <Button type="primary" loading={proof.isPending} onClick={go}>
            {t('web.prove_do')}
          </Button>
        </div>
        <ErrorNote error={proof.error} />
      </div>
    </section>
  )
}
