import { Form, Input } from 'antd'

/** The first field of a form: how the thing is called, at most 60 letters. The cursor stands in it. */
export function NameField({ label, hint, needed }: { label: string; hint?: string; needed: string }) {
  return (
    <Form.Item
      name="name"
      label={label}
      extra={hint}
      rules={[{ required: true, whitespace: true, max: 60, message: needed }]}
    >
      <Input autoComplete="off" autoFocus />
    </Form.Item>
  )
}
