import { Radio } from 'antd'
import { useT } from '#web/i18n.ts'
import { useMay } from '#web/session.ts'
import { type Role, roles } from '../contract.ts'

/** Chooses a role, each with what it may do. Only owners may make owners. */
export function RoleField(props: { id?: string; value?: Role; onChange?: (role: Role) => void; disabled?: boolean }) {
  const t = useT()
  const may = useMay()
  const offered = roles.filter((role) => role !== 'owner' || props.value === 'owner' || may('staff.owners'))
  return (
    <Radio.Group
      id={props.id}
      className="roles"
      value={props.value}
      disabled={props.disabled}
      onChange={(event) => props.onChange?.(event.target.value as Role)}
    >
      {offered.map((role) => (
        <Radio key={role} value={role}>
          <strong>{t(`staff.role.${role}`)}</strong>
          <span className="soft">{t(`staff.role.${role}_means`)}</span>
        </Radio>
      ))}
    </Radio.Group>
  )
}
