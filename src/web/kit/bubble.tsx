import { type ReactNode, type ToggleEvent, useId, useRef, useState } from 'react'

/**
 * A small layer beside the button that opens it: on the browser's top layer, closed by Esc or a click elsewhere, next in
 * the order of focus. Its content is rendered when it is first open.
 * @example <Bubble label={t('customers.columns')} button={<Icon name="columns" />}>…</Bubble>
 */
export function Bubble(props: {
  /** What a screen reader calls the button; without it the button's own words count. */
  label?: string
  button: ReactNode
  children: ReactNode
  className?: string
}) {
  const id = useId()
  const opener = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const [used, setUsed] = useState(false)

  function place(event: ToggleEvent<HTMLDivElement>) {
    setUsed(true)
    setOpen(event.newState === 'open')
    if (event.newState === 'open' && opener.current) standBeside(event.currentTarget, opener.current)
  }

  return (
    <>
      <button
        ref={opener}
        type="button"
        className={props.className ?? 'quiet'}
        popoverTarget={id}
        aria-expanded={open}
        aria-label={props.label}
      >
        {props.button}
      </button>
      <div id={id} popover="auto" className="bubble" onBeforeToggle={place} onToggle={place}>
        {used && props.children}
      </div>
    </>
  )
}

/** Below the opener, above where there is no room; never beyond the window's edges. */
function standBeside(layer: HTMLElement, opener: HTMLElement): void {
  requestAnimationFrame(() => {
    const from = opener.getBoundingClientRect()
    const { width, height } = layer.getBoundingClientRect()
    const below = from.bottom + 6
    const top = below + height > innerHeight - 8 && from.top - height - 6 > 8 ? from.top - height - 6 : below
    layer.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`
    layer.style.left = `${Math.max(16, Math.min(from.left - 8, innerWidth - width - 16))}px`
  })
}
