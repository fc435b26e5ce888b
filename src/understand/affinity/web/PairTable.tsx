import { PeopleLink } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { LedgerTable } from '#web/kit/LedgerTable.tsx'
import { Count, Share } from '#web/kit/values.tsx'
import type { Affinity, Pair } from '../contract.ts'

/** The pairs, the strongest first; who bought both, and who could be told of the other. */
export function PairTable({ affinity: { pairs, to: asOf } }: { affinity: Affinity }) {
  const t = useT()
  return (
    <LedgerTable<Pair>
      name="affinity"
      label={t('affinity.title')}
      rows={pairs}
      rowKey={(pair) => `${pair.one} ${pair.other}`}
      columns={[
        {
          key: 'pair',
          title: t('affinity.pair'),
          cell: ({ oneName, otherName }) => (
            <>
              {oneName} + {otherName}
            </>
          ),
        },
        {
          key: 'both',
          title: t('metrics.boughtBoth'),
          align: 'end',
          cell: (pair) => (
            <PeopleLink of={pair.people} asOf={asOf}>
              <Count value={pair.boughtBoth} />
            </PeopleLink>
          ),
        },
        { key: 'lift', title: t('metrics.lift'), align: 'end', cell: ({ lift }) => <Count value={lift} digits={1} /> },
        {
          key: 'confidence',
          title: t('metrics.confidence'),
          align: 'end',
          cell: ({ confidence }) => <Share of={confidence} />,
        },
        { key: 'support', title: t('metrics.support'), align: 'end', cell: ({ support }) => <Share of={support} /> },
        {
          key: 'notYet',
          title: t('affinity.not_yet'),
          card: 'full',
          cell: (pair) => (
            <PeopleLink of={pair.notYet} asOf={asOf}>
              {t('affinity.not_yet_of', { one: pair.oneName, other: pair.otherName })}
            </PeopleLink>
          ),
        },
      ]}
      empty={null}
    />
  )
}
