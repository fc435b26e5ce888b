import type { TagColour } from '../contract.ts'
import './tags.css'

/** A tag as it stands everywhere: its name beside a dot of its colour. @example <TagMark name="VIP" colour="red" /> */
export function TagMark({ name, colour }: { name: string; colour: TagColour }) {
  return (
    <span className="tag-mark">
      <span className={`tag-dot ${colour}`} aria-hidden="true" />
      {name}
    </span>
  )
}
