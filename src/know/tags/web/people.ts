export { TagMark } from './TagMark.tsx'
export { useTags } from './use-tags.ts'
