import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { ConflictNote } from '#web/kit/ConflictNote.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { useId } from '#web/place.ts'
import { problemOf } from '#web/problem-error.ts'
import type { Product } from '../contract.ts'
import { catalog } from './catalog-api.ts'
import { ProductForm } from './ProductForm.tsx'
import { changesOf } from './product-values.ts'

/** Edits a product. Only the fields that differ are sent, so that after a conflict nothing of the other's change is undone. */
export function EditProductPage() {
  const id = useId()
  const t = useT()
  const product = useQuery(catalog.query.get.queryOptions({ input: { id }, refetchOnWindowFocus: false }))
  return (
    <PageFrame
      title={t('catalog.edit')}
      subtitle={product.data?.name ?? product.data?.code}
      back={{ to: `/products/${id}`, label: t('catalog.product') }}
      narrow
    >
      <Loaded of={product}>
        {(data) => <Editing product={data} onLoad={async () => (await product.refetch()).data?.version} />}
      </Loaded>
    </PageFrame>
  )
}

function Editing({ product, onLoad }: { product: Product; onLoad: () => Promise<number | undefined> }) {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [base] = useState(product)
  const [version, setVersion] = useState(product.version)
  const edit = useMutation({
    ...catalog.query.edit.mutationOptions({ context: { ifMatch: version } }),
    onSuccess() {
      notify(t('catalog.was_saved'))
      void navigate({ to: `/products/${product.id}` })
      return queries.invalidateQueries({ queryKey: catalog.query.key() })
    },
  })
  const conflict = edit.error !== null && problemOf(edit.error).status === 412
  return (
    <>
      <ConflictNote
        error={edit.error}
        onLoad={async () => {
          setVersion((await onLoad()) ?? version)
          edit.reset()
        }}
      />
      <ProductForm
        product={base}
        saving={edit.isPending}
        error={conflict ? undefined : edit.error}
        onSave={(fields) => edit.mutate({ ...changesOf(base, fields), id: product.id })}
        onCancel={() => void navigate({ to: `/products/${product.id}` })}
      />
    </>
  )
}
