import { Form, InputNumber } from 'antd'
import { useT } from '#web/i18n.ts'
import type { Thresholds } from '../contract.ts'

export const limits = ['active', 'silent', 'sleeping'] as const

export function isRising({ active, silent, sleeping }: Thresholds): boolean {
  return active < silent && silent < sleeping
}

/** The three limits of the stages, each with what it means. */
export function LimitFields({ value, onChange }: { value: Thresholds; onChange: (value: Thresholds) => void }) {
  const t = useT()
  const rising = isRising(value)
  return limits.map((limit) => (
    <Form.Item
      key={limit}
      label={t(`lifecycle.${limit}_until`)}
      htmlFor={`limit-${limit}`}
      validateStatus={rising ? undefined : 'error'}
      help={rising ? t(`lifecycle.${limit}_until_means`, { days: value[limit] }) : t('lifecycle.not_rising')}
    >
      <InputNumber
        id={`limit-${limit}`}
        min={1}
        max={3650}
        precision={0}
        value={value[limit]}
        onChange={(days) => days && onChange({ ...value, [limit]: days })}
      />{' '}
      {t('lifecycle.days')}
    </Form.Item>
  ))
}
