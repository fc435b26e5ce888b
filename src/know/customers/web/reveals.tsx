import { useMutation } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { useT } from '#web/i18n.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { problemOf } from '#web/problem-error.ts'
import { useSession } from '#web/session.ts'
import { type CustomerIdentifier, type CustomerPage, type CustomerValue, fieldOf, type SightKind } from '../contract.ts'
import { customers } from './customers-api.ts'
import { useFieldWords } from './field-words.ts'

type Told = { values: CustomerValue[]; identifiers: CustomerIdentifier[] }
type Asking = { kinds: ReadonlySet<SightKind>; busy: boolean; error: unknown; ask: (kind: SightKind) => void }

const Reveals = createContext<Asking | undefined>(undefined)

/**
 * Holds what was revealed of this customer while the page is open, and gives the parts the customer with it. Kept nowhere else;
 * a newer version of the customer begins masked again.
 */
export function WithReveals(props: { customer: CustomerPage; children: (customer: CustomerPage) => ReactNode }) {
  const { customer } = props
  const { sight = {} } = useSession().staff
  const [told, setTold] = useState<{ version: number; by: Partial<Record<SightKind, Told>> }>()
  const known = told?.version === customer.version ? told.by : {}
  const reveal = useMutation({
    mutationFn: (kind: SightKind) => customers.call.reveal({ id: customer.id, kind }),
    onSuccess: (answer, kind) =>
      setTold({ version: customer.version, by: { ...known, [kind]: answer as unknown as Told } }),
  })
  const may = (customer.masked ?? []).filter((kind) => sight[kind] === 'reveal' && !known[kind])
  const asking: Asking = { kinds: new Set(may), busy: reveal.isPending, error: reveal.error, ask: reveal.mutate }
  return <Reveals value={asking}>{props.children(withTold(customer, known))}</Reveals>
}

function withTold(customer: CustomerPage, known: Partial<Record<SightKind, Told>>): CustomerPage {
  const all = Object.values(known)
  if (all.length === 0) return customer
  const values = all.flatMap((one) => one.values)
  const identifiers = all.flatMap((one) => one.identifiers)
  return {
    ...customer,
    values: customer.values.map(
      (one) => values.find((other) => other.profileId === one.profileId && other.field === one.field) ?? one,
    ),
    identifiers: customer.identifiers.map((one) => identifiers.find((other) => other.id === one.id) ?? one),
  }
}

/** Asks for what is masked of a field, where the role may. Each asking stands in the audit log. */
export function RevealButton({ field }: { field: string }) {
  const t = useT()
  const asking = useContext(Reveals)
  const { own, label } = useFieldWords()
  const ownField = own.find((one) => one.key === field)
  const kind =
    field === 'phone' || field === 'email'
      ? field
      : ownField
        ? ownField.sensitive && 'notes'
        : fieldOf(field as Parameters<typeof fieldOf>[0])?.kind
  if (!kind || !asking?.kinds.has(kind)) return null
  return (
    <>
      <QuietButton
        className="reveal"
        disabled={asking.busy}
        aria-label={t('customers.reveal_this', { field: label(field) })}
        title={t('customers.reveal_means')}
        onClick={() => asking.ask(kind)}
      >
        {t('customers.reveal')}
      </QuietButton>
      {Boolean(asking.error) && (
        <span className="soft" role="alert">
          {problemOf(asking.error).title}
        </span>
      )}
    </>
  )
}
