/** Hairline icons on a 20-unit grid, drawn with the text's colour. Words stand beside them; an icon alone carries a label. */
const paths = {
  today: 'M3.5 5h13v11.5h-13V5ZM3.5 8.5h13M7 3v3.5M13 3v3.5M7.25 12.25l2 2 3.5-3.75',
  overview: 'M3 16.5h14M5 13.5v-4M10 13.5V4M15 13.5V7.5',
  customers: 'M10 10a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5ZM3.75 16.75c.6-3 3-4.75 6.25-4.75s5.65 1.75 6.25 4.75',
  segments: 'M8 12.5a4.75 4.75 0 1 0 0-9.5 4.75 4.75 0 0 0 0 9.5ZM12 17a4.75 4.75 0 1 0 0-9.5 4.75 4.75 0 0 0 0 9.5Z',
  orders: 'M5 3h10v14l-2.5-1.5L10 17l-2.5-1.5L5 17V3ZM7.75 7h4.5M7.75 10.25h4.5',
  products: 'M10.6 3.5H16a.5.5 0 0 1 .5.5v5.4l-7.1 7.1-6-6 7.2-7ZM13.25 6.75h.01',
  import: 'M10 3v9M6.5 8.75 10 12.25l3.5-3.5M3.5 13.5v3h13v-3',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M11 6a2 2 0 1 0 4 0 2 2 0 0 0-4 0ZM5 14a2 2 0 1 0 4 0 2 2 0 0 0-4 0Z',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM13.25 13.25 17 17',
  more: 'M4.5 9.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1ZM10 9.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1ZM15.5 9.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1Z',
  close: 'M5 5l10 10M15 5 5 15',
  add: 'M10 4v12M4 10h12',
  back: 'M12.5 4.5 7 10l5.5 5.5',
  forward: 'M7.5 4.5 13 10l-5.5 5.5',
  down: 'M4.5 7.5 10 13l5.5-5.5',
  up: 'M4.5 12.5 10 7l5.5 5.5',
  sun: 'M10 13.25a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5ZM10 2.5v1.25M10 16.25v1.25M2.5 10h1.25M16.25 10h1.25M4.7 4.7l.9.9M14.4 14.4l.9.9M4.7 15.3l.9-.9M14.4 5.6l.9-.9',
  moon: 'M16 11.75A6.5 6.5 0 0 1 8.25 4a6.5 6.5 0 1 0 7.75 7.75Z',
  language:
    'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM3 10h14M10 3c2 2 2.75 4.3 2.75 7S12 15 10 17c-2-2-2.75-4.3-2.75-7S8 5 10 3Z',
  leave: 'M8 4H4v12h4M8.5 10H17M13.5 6.5 17 10l-3.5 3.5',
  columns: 'M3.5 4h13v12h-13V4ZM8 4v12M12.25 4v12',
  table: 'M3.5 4.5h13v11h-13v-11ZM3.5 8.25h13M3.5 12h13M8.5 8.25v7.25',
  chart: 'M3.5 15.5 8 9.75l3.25 2.75 5-7',
  why: 'M7.75 8a2.25 2.25 0 1 1 3.1 2.1c-.55.22-.85.7-.85 1.3v.35M10 14h.01',
  warning: 'M10 3.5 17.5 16h-15L10 3.5ZM10 8.25v3.5M10 13.75h.01',
  check: 'M4 10.5 8 14.5 16 5.5',
  download: 'M10 3v9M6.5 8.75 10 12.25l3.5-3.5M3.5 16.5h13',
  edit: 'M4 16l.75-3.25L13 4.5l2.5 2.5-8.25 8.25L4 16Z',
} as const

export type IconName = keyof typeof paths

/** @example <Icon name="search" /> */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
