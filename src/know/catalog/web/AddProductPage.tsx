import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useT } from '#web/i18n.ts'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { catalog } from './catalog-api.ts'
import { ProductForm } from './ProductForm.tsx'

/** Adds a product. */
export function AddProductPage() {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const add = useMutation({
    ...catalog.query.add.mutationOptions(),
    onSuccess(product) {
      notify(t('catalog.was_added'))
      void navigate({ to: `/products/${product.id}`, replace: true })
      return queries.invalidateQueries({ queryKey: catalog.query.key() })
    },
  })
  return (
    <PageFrame title={t('catalog.add')} back={{ to: '/products', label: t('catalog.title') }} narrow>
      <ProductForm
        saving={add.isPending}
        error={add.error}
        onSave={(product) => add.mutate(product)}
        onCancel={() => void navigate({ to: '/products' })}
      />
    </PageFrame>
  )
}
