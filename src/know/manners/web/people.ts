export { MannerForm } from './MannerForm.tsx'
export { useMannerWords } from './manner-words.ts'
