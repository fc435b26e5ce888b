import './owned-fields.css'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { useSession } from '#web/session.ts'
import { useColleagues } from './people.ts'

/** What stands above a thing that is saved under a name: who answers for it, and what it is for. */
export type Owned = { name: string; note: string; ownerId: number | null }

/** The fields of a saved thing as they are typed; a new one is one's own. */
export function useOwned(saved?: { name: string; note: string | null; ownerId: number | null }, name = '') {
  const me = useSession().staff.id
  const begun: Owned = {
    name: saved?.name ?? name,
    note: saved?.note ?? '',
    ownerId: saved ? saved.ownerId : me,
  }
  const [owned, setOwned] = useState(begun)
  const changed = owned.name !== begun.name || owned.note !== begun.note || owned.ownerId !== begun.ownerId
  return { owned, setOwned, changed }
}

/** @param id of the name's field; those of owner and note begin with it */
export function OwnedFields(props: {
  id: string
  owned: Owned
  onChange: (owned: Owned) => void
  labels: { name: string; owner: string; note: string }
  disabled?: boolean
}) {
  const { id, owned, onChange, labels, disabled } = props
  const { all: colleagues } = useColleagues()
  return (
    <div className="owned-fields">
      <div>
        <label htmlFor={`${id}-name`}>{labels.name}</label>
        <Input
          id={`${id}-name`}
          value={owned.name}
          maxLength={80}
          disabled={disabled}
          onChange={({ target }) => onChange({ ...owned, name: target.value })}
        />
      </div>
      <div>
        <label htmlFor={`${id}-owner`}>{labels.owner}</label>
        <Select
          id={`${id}-owner`}
          value={owned.ownerId ?? undefined}
          allowClear
          disabled={disabled}
          onChange={(ownerId?: number) => onChange({ ...owned, ownerId: ownerId ?? null })}
          options={colleagues
            .filter((one) => one.active || one.id === owned.ownerId)
            .map((one) => ({ value: one.id, label: one.name }))}
        />
      </div>
      <div className="wide">
        <label htmlFor={`${id}-note`}>{labels.note}</label>
        <Input.TextArea
          id={`${id}-note`}
          value={owned.note}
          maxLength={500}
          disabled={disabled}
          autoSize={{ minRows: 1, maxRows: 4 }}
          onChange={({ target }) => onChange({ ...owned, note: target.value })}
        />
      </div>
    </div>
  )
}
