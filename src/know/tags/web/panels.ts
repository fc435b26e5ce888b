import type { ComponentType } from 'react'

/** How many people have a tag, opening them: what a higher module counts and offers as `tags.people`. */
export type TagPeople = ComponentType<{ id: number }>
