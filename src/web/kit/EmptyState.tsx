import type { ReactNode } from 'react'

/**
 * A place with nothing in it teaches: what will stand here, an example, the first step.
 * @example
 * <EmptyState title={t('customers.empty')} example={t('customers.empty_example')} action={<Link to="/import">…</Link>}>
 *   {t('customers.empty_means')}
 * </EmptyState>
 */
export function EmptyState(props: { title: string; children?: ReactNode; example?: ReactNode; action?: ReactNode }) {
  return (
    <section className="empty">
      <h2>{props.title}</h2>
      {props.children && <p>{props.children}</p>}
      {props.example && <div className="empty-example">{props.example}</div>}
      {props.action && <div className="empty-action">{props.action}</div>}
    </section>
  )
}
