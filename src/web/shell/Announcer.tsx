import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/** After a change of page: the focus goes to the content, and a screen reader hears the new page's title. */
export function Announcer() {
  const router = useRouter()
  const [title, setTitle] = useState('')
  useEffect(
    () =>
      router.subscribe('onRendered', ({ pathChanged, fromLocation }) => {
        if (!pathChanged || !fromLocation) return
        document.getElementById('content')?.focus({ preventScroll: true })
        // The page sets the window's title when it is rendered, which is just after this.
        setTimeout(() => setTitle(document.title), 50)
      }),
    [router],
  )
  return (
    <div className="sr-only" aria-live="polite">
      {title}
    </div>
  )
}
