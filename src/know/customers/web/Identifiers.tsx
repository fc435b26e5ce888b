import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { problemOf } from '#web/problem-error.ts'
import { useMay } from '#web/session.ts'
import {
  type CustomerIdentifier,
  type CustomerPage,
  scopedKinds,
  sharableKinds,
  type TypedKind,
  typedKinds,
} from '../contract.ts'
import { useCustomerEdits } from './customer-edits.ts'
import { customers } from './customers-api.ts'
import { DuplicateNote } from './DuplicateNote.tsx'
import { EditConflict } from './EditConflict.tsx'
import { useFieldMark } from './panels.ts'
import { phoneText } from './phone-text.ts'
import { RevealButton } from './reveals.tsx'
import { Told } from './Told.tsx'

/** How the shop can reach and recognise a person: phones, addresses, numbers, each with who said it. */
export function Identifiers({ customer }: { customer: CustomerPage }) {
  const t = useT()
  const mayEdit = useMay()('customers.edit')
  const edits = useCustomerEdits(customer.id)
  const Mark = useFieldMark()
  const remove = (one: CustomerIdentifier) =>
    void edits.make(
      async (context) =>
        (await customers.call.removeIdentifier({ id: customer.id, identifierId: one.id }, { context })) as CustomerPage,
      customer,
      t('customers.removed_value', { field: t(`customers.field.${one.kind}`) }),
    )
  const share = (one: CustomerIdentifier) =>
    void edits
      .make(
        async (context) =>
          (await customers.call.shareIdentifier(
            { id: customer.id, identifierId: one.id, shared: !one.shared },
            { context },
          )) as CustomerPage,
        customer,
      )
      .then((done) => done && notify(t(one.shared ? 'customers.was_unshared' : 'customers.was_shared')))
  return (
    <section className="panel" aria-labelledby="identifiers">
      <h2 id="identifiers">{t('customers.identifiers')}</h2>
      {customer.identifiers.length === 0 && <p className="soft">{t('customers.no_identifiers')}</p>}
      <ul className="identifiers">
        {customer.identifiers.map((one, at) => (
          <li key={one.id}>
            <span className="soft">{t(`customers.field.${one.kind}`)}</span>
            <strong>
              <Reach of={one} />
              {one.masked && <RevealButton field={one.kind} />}
              {one.scope && one.kind !== 'buyer' && <span className="soft"> {one.scope}</span>}
              {one.shared && <span className="soft"> {t('customers.shared')}</span>}
              {Mark && isFirst(customer.identifiers, at) && <Mark id={customer.id} field={one.kind} />}
            </strong>
            <Told of={one} />
            {mayEdit && (
              <span className="identifier-acts">
                {sharableKinds.has(one.kind) && (
                  <QuietButton
                    aria-label={t(one.shared ? 'customers.unshare_this' : 'customers.share_this', { value: one.value })}
                    disabled={edits.saving}
                    onClick={() => share(one)}
                  >
                    {t(one.shared ? 'customers.unshare' : 'customers.share')}
                  </QuietButton>
                )}
                <QuietButton
                  aria-label={t('customers.remove_this', { what: one.value })}
                  disabled={edits.saving}
                  onClick={() => remove(one)}
                >
                  {t('customers.remove_value')}
                </QuietButton>
              </span>
            )}
          </li>
        ))}
      </ul>
      <ErrorNote error={edits.error} />
      {edits.conflict && (
        <EditConflict conflict={edits.conflict} onSaveMine={edits.forget} onKeepTheirs={edits.forget} />
      )}
      {mayEdit && <AddIdentifier customer={customer} />}
    </section>
  )
}

function Reach({ of }: { of: CustomerIdentifier }) {
  if (of.masked) return of.value
  if (of.kind === 'phone') return <a href={`tel:${of.value}`}>{phoneText(of.value)}</a>
  if (of.kind === 'email') return <a href={`mailto:${of.value}`}>{of.value}</a>
  return of.raw ?? of.value
}

function AddIdentifier({ customer }: { customer: CustomerPage }) {
  const t = useT()
  const edits = useCustomerEdits(customer.id)
  const [kind, setKind] = useState<TypedKind>('phone')
  const [scope, setScope] = useState('')
  const [value, setValue] = useState('')
  const duplicate = edits.error && problemOf(edits.error).code === 'customers.duplicate' ? edits.error : undefined
  async function add(seen: CustomerPage, anyway = false) {
    const change = async (context: { ifMatch: number }) =>
      (await customers.call.addIdentifier(
        { id: customer.id, kind, value, anyway, ...(scopedKinds.has(kind) ? { scope } : {}) },
        { context },
      )) as CustomerPage
    const done = t('customers.saved_field', { field: t(`customers.field.${kind}`) })
    if (await edits.make(change, seen, done)) setValue('')
  }
  return (
    <form
      className="add-identifier"
      onSubmit={(event) => {
        event.preventDefault()
        if (value.trim()) void add(customer)
      }}
    >
      <Select<TypedKind>
        aria-label={t('customers.identifier_kind')}
        value={kind}
        onChange={setKind}
        options={typedKinds.map((one) => ({
          value: one,
          label: t(`customers.field.${one}`),
        }))}
      />
      <Input
        aria-label={t(`customers.field.${kind}`)}
        inputMode={kind === 'phone' ? 'tel' : kind === 'email' ? 'email' : 'text'}
        autoComplete="off"
        value={value}
        onChange={(event) => {
          setValue(event.target.value)
          edits.forget()
        }}
      />
      {scopedKinds.has(kind) && (
        <Input
          aria-label={t('customers.scope')}
          placeholder={t('customers.scope')}
          autoComplete="off"
          maxLength={64}
          value={scope}
          onChange={(event) => setScope(event.target.value)}
        />
      )}
      <Button
        htmlType="submit"
        loading={edits.saving}
        disabled={!value.trim() || (scopedKinds.has(kind) && !scope.trim())}
      >
        {t('customers.add_identifier')}
      </Button>
      {duplicate ? (
        <DuplicateNote
          people={{ phones: kind === 'phone' ? [value] : [], emails: kind === 'email' ? [value] : [] }}
          refused={{ why: problemOf(duplicate).title, onAnyway: () => void add(customer, true) }}
        />
      ) : (
        <ErrorNote error={edits.error} />
      )}
      {edits.conflict && (
        <EditConflict
          conflict={edits.conflict}
          onSaveMine={() => void add(edits.conflict!.now)}
          onKeepTheirs={edits.forget}
        />
      )}
    </form>
  )
}

/** Of several phones or addresses the first is the one that lists show and whose age is told. */
function isFirst(all: readonly CustomerIdentifier[], at: number): boolean {
  return all.findIndex(({ kind }) => kind === all[at]?.kind) === at
}
