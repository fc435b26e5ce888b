import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { AsOf } from '#web/kit/AsOf.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Money } from '#web/kit/values.tsx'
import { Why } from '#web/kit/Why.tsx'
import { useMay } from '#web/session.ts'
import type { RefusalWhy, ShownModel, ShownProduct, ShownReason, ShownRefusal } from '../contract.ts'
import { ModelWords } from './ModelWords.tsx'
import { ProductLink, productName } from './ProductLink.tsx'
import { Refused } from './Refused.tsx'
import { RefuseForm } from './RefuseForm.tsx'
import { useReasonWords } from './reason-words.ts'
import { recommend } from './recommend-api.ts'
import './recommend.css'

type Item = { product: ShownProduct; reason: ShownReason }

/** What is next for this customer, each with its reason; what is said to be not for her is taken off at once. */
export function NextPanel({ id }: { id: number }) {
  const t = useT()
  const list = useQuery(recommend.query.next.queryOptions({ input: { id } }))
  const { refuse, takeBack } = useRefusals(id)
  return (
    <Loaded of={list} rows={3}>
      {(found) => (
        <>
          {found.items.length === 0 ? (
            <p className="soft">{t('recommend.next.none')}</p>
          ) : (
            <ol className="next-products" aria-label={t('recommend.next')}>
              {(found.items as Item[]).map(({ product, reason }) => (
                <NextProduct
                  key={product.id}
                  {...{ product, reason }}
                  busy={refuse.isPending}
                  onRefuse={(why, words) => refuse.mutate({ product, why, words })}
                />
              ))}
            </ol>
          )}
          <ErrorNote error={refuse.error ?? takeBack.error} />
          <Refused of={found.refused as ShownRefusal[]} onTakeBack={(product) => takeBack.mutate(product)} />
          <p className="soft">
            <AsOf day={found.asOf} />{' '}
            <Why of={t('recommend.next')}>
              <p>{t('recommend.next.means')}</p>
              <ModelWords of={found.model as ShownModel} />
            </Why>
          </p>
        </>
      )}
    </Loaded>
  )
}

function NextProduct(props: Item & { busy: boolean; onRefuse: (why: RefusalWhy, words: string | null) => void }) {
  const t = useT()
  const says = useReasonWords()
  const mayEdit = useMay()('customers.edit')
  const [asking, setAsking] = useState(false)
  const { product, reason } = props
  return (
    <li>
      <span className="next-product">
        <ProductLink of={product} /> {product.price !== null && <Money minor={product.price} />}
      </span>
      <span className="soft next-reason">{says(reason)}</span>
      {mayEdit && !asking && (
        <QuietButton
          aria-label={t('recommend.refuse_this', { product: productName(product) })}
          onClick={() => setAsking(true)}
        >
          {t('recommend.refuse')}
        </QuietButton>
      )}
      {asking && <RefuseForm busy={props.busy} onSay={props.onRefuse} onCancel={() => setAsking(false)} />}
    </li>
  )
}

function useRefusals(id: number) {
  const t = useT()
  const queries = useQueryClient()
  const changed = () => queries.invalidateQueries({ queryKey: recommend.query.key() })
  const takeBack = useMutation({
    mutationFn: (product: ShownProduct) => recommend.call.takeBack({ id, productId: product.id }),
    onSettled: changed,
  })
  const refuse = useMutation({
    mutationFn: ({ product, why, words }: { product: ShownProduct; why: RefusalWhy; words: string | null }) =>
      recommend.call.refuse({ id, productId: product.id, why, words }),
    onSuccess: (_, { product }) =>
      notify(t('recommend.was_refused', { product: productName(product) }), { undo: () => takeBack.mutate(product) }),
    onSettled: changed,
  })
  return { refuse, takeBack }
}
