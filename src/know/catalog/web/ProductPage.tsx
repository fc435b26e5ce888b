import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Panels } from '#web/panels.tsx'
import { useId } from '#web/place.ts'
import { useMay } from '#web/session.ts'
import type { Product } from '../contract.ts'
import { catalog } from './catalog-api.ts'
import { ProductChanges } from './ProductChanges.tsx'
import { ProductFacts } from './ProductFacts.tsx'

/** One product: what it is, what higher modules know of it, who changed it. */
export function ProductPage() {
  const id = useId()
  const product = useQuery(catalog.query.get.queryOptions({ input: { id } }))
  const t = useT()
  const title = product.data?.name ?? product.data?.code ?? t('catalog.product')
  const may = useMay()
  return (
    <PageFrame
      title={title}
      subtitle={product.data && `${product.data.code} · ${t(`catalog.kind.${product.data.kind}`)}`}
      back={{ to: '/products', label: t('catalog.title') }}
      action={
        product.data && may('catalog.edit') && <LinkButton to={`/products/${id}/edit`}>{t('catalog.edit')}</LinkButton>
      }
    >
      <Loaded of={product}>
        {(product) => (
          <>
            {product.archived && <p className="soft archived">{t('catalog.archived_means')}</p>}
            <ProductFacts product={product} />
            <Panels slot="product" id={product.id} />
            <ProductChanges id={product.id} />
            {may('catalog.edit') && <Leaving product={product} />}
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

/** Ways out of the catalog: to the archive, which can be undone; deleted, where nothing uses it. */
function Leaving({ product }: { product: Product }) {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const changed = () => queries.invalidateQueries({ queryKey: catalog.query.key() })
  const archive = useMutation({
    mutationFn: ({ archived, version }: { archived: boolean; version: number }) =>
      catalog.call.archive({ id: product.id, archived }, { context: { ifMatch: version } }),
    onSuccess(after) {
      notify(t(after.archived ? 'catalog.was_archived' : 'catalog.was_restored'), {
        undo: () => archive.mutate({ archived: !after.archived, version: after.version }),
      })
      return changed()
    },
  })
  const remove = useMutation({
    mutationFn: () => catalog.call.remove({ id: product.id }),
    onSuccess() {
      notify(t('catalog.was_removed'))
      void navigate({ to: '/products' })
      return changed()
    },
  })
  return (
    <section className="panel">
      <ErrorNote error={archive.error ?? remove.error} />
      <QuietButton
        disabled={archive.isPending}
        onClick={() => archive.mutate({ archived: !product.archived, version: product.version })}
      >
        {t(product.archived ? 'catalog.restore' : 'catalog.archive')}
      </QuietButton>
      <QuietButton disabled={remove.isPending} onClick={() => remove.mutate()}>
        {t('catalog.remove')}
      </QuietButton>
    </section>
  )
}
