import { Form, InputNumber } from 'antd'
import type { Point } from '#know/regions/contract.ts'
import { RegionSelect } from '#know/regions/web/panels.tsx'
import { useT } from '#web/i18n.ts'

/** Where a shop stands: typed, or the middle of a region to begin with. */
export function PositionFields({ onPick }: { onPick: (point: Point) => void }) {
  const t = useT()
  const both = { required: t('shops.position_both') }
  return (
    <fieldset className="panel" style={{ border: 0, padding: 0, margin: '0 0 24px' }}>
      <legend>{t('shops.position')}</legend>
      <p className="soft" style={{ marginBottom: 12 }}>
        {t('shops.position_hint')}
      </p>
      <RegionSelect label={t('shops.position_from')} onPick={({ centre }) => centre && onPick(centre)} />
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 16, marginTop: 16 }}>
        {(['latitude', 'longitude'] as const).map((one) => (
          <Form.Item
            key={one}
            name={['position', one]}
            label={t(`shops.${one}`)}
            style={{ flex: '1 1 140px', marginBottom: 0 }}
            dependencies={[['position', one === 'latitude' ? 'longitude' : 'latitude']]}
            rules={[
              ({ getFieldValue }) => ({
                validator: (_, value) => {
                  const other = getFieldValue(['position', one === 'latitude' ? 'longitude' : 'latitude'])
                  const isAlone = (value ?? null) === null && (other ?? null) !== null
                  return isAlone ? Promise.reject(new Error(both.required)) : Promise.resolve()
                },
              }),
            ]}
          >
            <InputNumber<number>
              style={{ width: '100%' }}
              min={one === 'latitude' ? -90 : -180}
              max={one === 'latitude' ? 90 : 180}
              step={0.001}
              inputMode="decimal"
            />
          </Form.Item>
        ))}
      </div>
    </fieldset>
  )
}

/** What stands in the two fields; null where they are empty. */
export function pointOf(
  fields: { latitude?: number | null; longitude?: number | null } | null | undefined,
): Point | null {
  const { latitude, longitude } = fields ?? {}
  return typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : null
}
