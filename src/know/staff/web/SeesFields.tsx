import { Form, Radio } from 'antd'
import { useT } from '#web/i18n.ts'
import type { Role, Staff } from '../contract.ts'
import { ScopeField } from './ScopeField.tsx'

export type Sees = 'all' | 'shops' | 'team' | 'own'
export type SeesValues = { sees?: Sees; scope?: number[] }

/** Whom a person sees: everybody, the customers of chosen shops, of the team, or the own. Fields `sees` and `scope` of a form. */
export function SeesFields() {
  const t = useT()
  const sees = Form.useWatch<Sees | undefined>('sees')
  return (
    <>
      <Form.Item name="sees" label={t('staff.sees')}>
        <Radio.Group className="roles">
          {(['all', 'shops', 'team', 'own'] as const).map((one) => (
            <Radio key={one} value={one}>
              <strong>{t(`staff.sees.${one}`)}</strong>
              <span className="soft">{t(`staff.sees.${one}_means`)}</span>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      {sees === 'shops' && (
        <Form.Item
          name="scope"
          label={t('staff.scope')}
          rules={[{ required: true, type: 'array', min: 1, message: t('staff.scope_needed') }]}
        >
          <ScopeField />
        </Form.Item>
      )}
    </>
  )
}

/** What the API is told. */
export function scopeOf(role: Role, { sees, scope }: SeesValues) {
  return {
    scopeShopIds: role !== 'owner' && sees === 'shops' && scope?.length ? scope : null,
    whose: role !== 'owner' && (sees === 'team' || sees === 'own') ? sees : ('all' as const),
  }
}

/** What the form begins with. */
export function seesOf({ scopeShopIds, whose }: Pick<Staff, 'scopeShopIds' | 'whose'>): Required<SeesValues> {
  return { sees: scopeShopIds ? 'shops' : whose, scope: scopeShopIds ?? [] }
}
