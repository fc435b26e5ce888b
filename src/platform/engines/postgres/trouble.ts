import { EnginesError } from '../engines-error.ts'

const KNOWN: [RegExp, string][] = [
  [/No space left on device|could not extend file/i, 'The disk is full. Free some space and start again.'],
  [/wrong ownership/i, 'Its data directory belongs to another user: start Regulars as that one, or give it away.'],
  [
    /has group or world access|Permission denied/i,
    'The data directory cannot be used by this user. Give it to the user who runs Regulars, or choose another DATA_DIR.',
  ],
  [/could not create shared memory|Cannot allocate memory/i, 'There is too little memory. Stop other programs first.'],
  [
    /database files are incompatible|initialized with|incompatible with server/i,
    'The data directory was made by another build of Postgres. Restore from a backup, or set DATABASE_URL.',
  ],
  [
    /invalid checkpoint record|could not locate a valid checkpoint|PANIC/i,
    'The data directory is damaged. Restore it from a backup.',
  ],
]

/** Turns what Postgres printed into an error that says what to do, with its own last words at the end. */
export function explain(output: string, what: string): EnginesError {
  const advice = KNOWN.find(([sign]) => sign.test(output))?.[1] ?? ''
  const words = output.trim().split('\n').slice(-6).join('\n')
  return new EnginesError(`${what}. ${advice}\n${words}`.trim())
}
