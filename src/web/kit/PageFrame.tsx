import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { useMerchant } from '../session.ts'
import { Icon } from './icon.tsx'

/**
 * The frame of every page: one title, one main action, what the numbers are as of.
 * @example
 * <PageFrame title={t('customers.title')} subtitle={<AsOf day={data.asOf} />} action={<Button type="primary">…</Button>}>
 */
export function PageFrame(props: {
  title: string
  /** Stands in the title's place where words alone are not enough, as a name with its stage. */
  heading?: ReactNode
  subtitle?: ReactNode
  /** The one main action. */
  action?: ReactNode
  back?: { to: string; label: string }
  /** A narrow column, for forms and settings. */
  narrow?: boolean
  children: ReactNode
}) {
  const { title } = props
  const merchant = useMerchant()?.name
  useEffect(() => {
    document.title = merchant ? `${title} · ${merchant}` : `${title} · Regulars`
  }, [title, merchant])

  return (
    <div className={props.narrow ? 'page narrow' : 'page'}>
      {props.back && (
        <Link className="page-back" to={props.back.to}>
          <Icon name="back" size={16} />
          {props.back.label}
        </Link>
      )}
      <div className="page-head">
        <div>
          <h1>{props.heading ?? title}</h1>
          {props.subtitle && <p>{props.subtitle}</p>}
        </div>
        {props.action && <div className="page-actions">{props.action}</div>}
      </div>
      {props.children}
    </div>
  )
}
