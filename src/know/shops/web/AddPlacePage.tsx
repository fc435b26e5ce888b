import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useT } from '#web/i18n.ts'
import { notify } from '#web/kit/notice.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { PlaceForm } from './PlaceForm.tsx'
import { callsOf, type PlaceName } from './place-calls.ts'
import { shops } from './shops-api.ts'

/** Adds a shop, channel or brand. */
export function AddPlacePage({ place }: { place: PlaceName }) {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const back = () => void navigate({ to: '/settings/shops' })
  const add = useMutation({
    mutationFn: callsOf[place].add,
    onSuccess() {
      notify(t('shops.was_saved'))
      back()
      return queries.invalidateQueries({ queryKey: shops.query.key() })
    },
  })
  return (
    <PageFrame title={t(`shops.${place}.add`)} back={{ to: '/settings/shops', label: t('shops.places') }} narrow>
      <PlaceForm
        place={place}
        saving={add.isPending}
        error={add.error}
        onSave={(values) => add.mutate(values)}
        onCancel={back}
      />
    </PageFrame>
  )
}
