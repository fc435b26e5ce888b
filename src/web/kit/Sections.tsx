import type { MouseEvent } from 'react'
import { useT } from '../i18n.ts'

/**
 * The way through a long page: its sections by name, in their order. Stays in sight; on a phone it is pushed sideways.
 * @param sections each heading's element id and what it says
 */
export function Sections({ sections }: { sections: readonly { id: string; title: string }[] }) {
  const t = useT()
  return (
    <nav className="sections" aria-label={t('web.on_this_page')}>
      <ul>
        {sections.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`} onClick={(event) => go(event, id)}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The address stays: it says which customer, and a way back through headings is no way back. */
function go(event: MouseEvent, id: string): void {
  const heading = document.getElementById(id)
  if (!heading) return
  event.preventDefault()
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  heading.scrollIntoView({ block: 'start' })
}
