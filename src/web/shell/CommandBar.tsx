import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useT } from '../i18n.ts'
import { Icon } from '../kit/icon.tsx'
import { type CommandGroup, useCommandGroups } from './command-groups.ts'

/** Finds pages, actions and customers by typing; Ctrl or ⌘ K from anywhere. */
export function CommandBar({ onClose }: { onClose: () => void }) {
  const t = useT()
  const id = useId()
  const navigate = useNavigate()
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const { groups, searching } = useCommandGroups(text)
  const items = groups.flatMap((group) => group.items)
  const chosen = items[Math.min(at, items.length - 1)]

  // Before the browser paints, so that no key typed after Ctrl K is lost.
  useLayoutEffect(() => dialog.current?.showModal(), [])
  useEffect(() => {
    document.getElementById(`${id}-chosen`)?.scrollIntoView({ block: 'nearest' })
  })

  function open(to: string) {
    onClose()
    const [pathname, search] = to.split('?')
    void navigate({ to: pathname, search: Object.fromEntries(new URLSearchParams(search)) as never })
  }

  function onKey(event: KeyboardEvent) {
    // An input method that composes Chinese uses Enter and the arrows itself.
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && items.length) {
      event.preventDefault()
      setAt((Math.min(at, items.length - 1) + step + items.length) % items.length)
    }
    if (event.key === 'Enter' && chosen) {
      event.preventDefault()
      open(chosen.to)
    }
  }

  return (
    <dialog ref={dialog} className="command" aria-label={t('web.command')} onClose={onClose} closedby="any">
      <div className="command-input">
        <Icon name="search" />
        <input
          role="combobox"
          aria-expanded={items.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen ? `${id}-chosen` : undefined}
          aria-autocomplete="list"
          aria-label={t('web.command')}
          placeholder={t('web.command')}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onKeyDown={onKey}
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
        />
        <button type="button" onClick={onClose} aria-label={t('web.close')}>
          <Icon name="close" size={18} />
        </button>
      </div>
      <div className={searching ? 'command-list stale' : 'command-list'}>
        <Groups groups={groups} listId={id} chosen={chosen?.key} onOpen={open} />
        {items.length === 0 && !searching && <p className="command-none">{t('web.command_none')}</p>}
      </div>
      <p className="command-hint">{t('web.command_hint')}</p>
    </dialog>
  )
}

function Groups(props: {
  groups: readonly CommandGroup[]
  listId: string
  chosen?: string
  onOpen: (to: string) => void
}) {
  const t = useT()
  return (
    <div role="listbox" id={`${props.listId}-list`} aria-label={t('web.command')}>
      {props.groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand in a listbox
        <div key={group.title} role="group" aria-label={group.title}>
          <h3 role="presentation">{group.title}</h3>
          {group.items.map((item) => {
            const chosen = item.key === props.chosen
            return (
              <button
                key={item.key}
                id={chosen ? `${props.listId}-chosen` : undefined}
                type="button"
                role="option"
                aria-selected={chosen}
                tabIndex={-1}
                onClick={() => props.onOpen(item.to)}
              >
                <span>{item.title}</span>
                {item.detail && <span className="soft">{item.detail}</span>}
              </button>
            )
          })}
        </div>
      ))}
    </div>
  )
}
