import './value.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { people } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Shares } from '#web/kit/Shares.tsx'
import { ValueMark } from '#web/kit/ValueMark.tsx'
import { Why } from '#web/kit/Why.tsx'
import { useView } from '#web/place.ts'
import { RecencyGrid } from './RecencyGrid.tsx'
import { Rulers } from './Rulers.tsx'
import { value } from './value-api.ts'

const tints = {
  develop: 'var(--accent)',
  retain: 'var(--stage-silent)',
  loyal: 'var(--stage-new)',
  ordinary: 'var(--stage-never)',
}

/** The four classes of value and the grid of recency by frequency and money, with the cut points of this shop. */
export default function ValuePanel() {
  const t = useT()
  const [{ asOf }] = useView({ asOf: '' })
  const grid = useQuery(
    value.query.grid.queryOptions({ input: { asOf: asOf || undefined }, placeholderData: keepPreviousData }),
  )
  return (
    <Loaded of={grid} rows={6}>
      {({ rulers, classes, cells }) =>
        rulers.groups === 0 ? (
          <p className="soft">{t('value.too_few', { buyers: rulers.buyers })}</p>
        ) : (
          <>
            {rulers.groups === 3 && <p className="soft">{t('value.thirds', { buyers: rulers.buyers })}</p>}
            <h3>
              {t('value.classes')}{' '}
              <Why of={t('value.classes')}>
                <p>{t('value.classes.definition')}</p>
                <Rulers rulers={rulers} />
              </Why>
            </h3>
            <Shares
              parts={classes.map(({ valueClass, customers, people: where }) => ({
                key: valueClass,
                label: <ValueMark value={valueClass} />,
                value: customers,
                colour: tints[valueClass],
                ...people(where, rulers.asOf),
              }))}
            />
            <RecencyGrid rulers={rulers} cells={cells} />
          </>
        )
      }
    </Loaded>
  )
}
