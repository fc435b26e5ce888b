import { useColleagues } from '#know/staff/web/people.ts'
import { useT } from '#web/i18n.ts'
import type { Column } from '#web/kit/column.ts'
import { Absent, InstantText } from '#web/kit/values.tsx'
import type { AnyColumn, FieldKey, FoundCustomer } from '../contract.ts'
import { called } from './called.ts'
import { useFieldWords } from './field-words.ts'
import type { ListedCustomer } from './panels.ts'

/** Fields that do not stand in the row and are asked for with it. */
export const moreColumns = [
  'district',
  'address',
  'postcode',
  'occupation',
  'income',
  'education',
  'personality',
  'preferences',
  'notes',
] as const satisfies readonly FieldKey[]

/** Of the person's own columns, those shown before anybody chose. */
const first: ReadonlySet<string> = new Set(['phone', 'city', 'createdAt'])

/** Read at a glance, so never broken in two. */
const short: ReadonlySet<string> = new Set(['phone', 'number', 'gender', 'birthday', 'province', 'city', 'postcode'])

/** Columns of the person itself; the listing's stand between. */
export function useCustomerColumns(
  between: readonly Column<ListedCustomer>[],
  sorts: boolean,
): Column<ListedCustomer>[] {
  const t = useT()
  const { nameOf } = useColleagues()
  const words = useFieldWords()
  const own = (key: AnyColumn, more: Partial<Column<ListedCustomer>> = {}): Column<ListedCustomer> => ({
    key,
    title: words.label(key),
    hidden: !first.has(key),
    cell: ({ customer }) => {
      const value = key in customer ? customer[key as 'city'] : customer.more?.[key as FieldKey]
      if (value === null || value === undefined) return <Absent />
      const text = words.text(key, value)
      return short.has(key) ? <span className="number">{text}</span> : text
    },
    ...more,
  })
  return [
    {
      key: 'name',
      title: t('customers.field.name'),
      cell: ({ customer }) => <Name of={customer} />,
    },
    own('phone', { card: 'side' }),
    ...between,
    own('owner', { cell: ({ customer }) => (customer.ownerId === null ? <Absent /> : nameOf(customer.ownerId)) }),
    own('number'),
    own('email'),
    own('gender'),
    own('birthday'),
    own('country'),
    own('province'),
    own('city'),
    ...moreColumns.map((key) => own(key, { card: 'full' })),
    ...words.own.map(({ key }) => own(key, { card: 'full' })),
    own('createdAt', {
      days: true,
      cell: ({ customer }) => <InstantText at={customer.createdAt} />,
      ...(sorts ? { sort: 'added', first: 'descending' as const } : {}),
    }),
  ]
}

/** What the person is called, and by what else a search found it. */
function Name({ of }: { of: ListedCustomer['customer'] & Partial<Pick<FoundCustomer, 'matched'>> }) {
  const t = useT()
  return (
    <>
      {called(of)}
      {of.matched && of.matched !== 'name' && (
        <span className="soft matched"> {t(`customers.matched.${of.matched}`)}</span>
      )}
    </>
  )
}
