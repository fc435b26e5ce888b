import { useNavigate, useRouter } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'

/** A page's main action where that is another page: a link with the looks of a button. @example <LinkButton to="/orders/new">…</LinkButton> */
export function LinkButton(props: {
  to: string
  search?: Record<string, string>
  children: ReactNode
  quiet?: boolean
}) {
  const navigate = useNavigate()
  const router = useRouter()
  const place = { to: props.to, search: props.search as never }
  return (
    <Button
      type={props.quiet ? 'default' : 'primary'}
      href={router.buildLocation(place).href}
      onMouseEnter={() => void router.preloadRoute(place).catch(() => {})}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        void navigate(place)
      }}
    >
      {props.children}
    </Button>
  )
}
