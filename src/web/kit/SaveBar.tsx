import { Button } from 'antd'
import { useT } from '../i18n.ts'
import { QuietButton } from './QuietButton.tsx'

/** Save and leave, within reach at the bottom of a form. @example <SaveBar saving={save.isPending} changed={dirty} onCancel={back} /> */
export function SaveBar(props: {
  saving: boolean
  /** Whether anything differs from what is stored; the form can be saved either way. */
  changed?: boolean
  label?: string
  onCancel?: () => void
  /** Without it the button submits the form around it. */
  onSave?: () => void
}) {
  const t = useT()
  return (
    <div className="save-bar">
      <span>{props.changed ? t('web.unsaved') : ''}</span>
      {props.onCancel && <QuietButton onClick={props.onCancel}>{t('web.cancel')}</QuietButton>}
      <Button
        type="primary"
        htmlType={props.onSave ? 'button' : 'submit'}
        loading={props.saving}
        onClick={props.onSave}
      >
        {props.label ?? t('web.save')}
      </Button>
    </div>
  )
}
