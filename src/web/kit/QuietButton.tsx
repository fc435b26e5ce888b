import type { ComponentProps } from 'react'
import { Icon, type IconName } from './icon.tsx'

/** A button for what is not the page's main action. @example <QuietButton icon="download" onClick={save}>CSV</QuietButton> */
export function QuietButton({ icon, children, className, ...rest }: ComponentProps<'button'> & { icon?: IconName }) {
  return (
    <button type="button" {...rest} className={`quiet ${className ?? ''}`}>
      {icon && <Icon name={icon} size={18} />}
      {children}
    </button>
  )
}
