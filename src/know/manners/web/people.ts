export { useMannerWords } from './manner-words.ts'
