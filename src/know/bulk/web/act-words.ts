import { useOwnFields } from '#know/fields/web/people.ts'
import { useMannerWords } from '#know/manners/web/people.ts'
import { useColleagues } from '#know/staff/web/people.ts'
import { useTags } from '#know/tags/web/people.ts'
import { useT } from '#web/i18n.ts'
import type { BulkAct, BulkDo } from '../contract.ts'
import { useSegmentName } from './segment-choice.ts'

/** What an act does, in a sentence. */
export function useActWords(): (act: BulkAct['act']) => string {
  const t = useT()
  const { tagOf } = useTags()
  const own = useOwnFields()
  const { nameOf } = useColleagues()
  const manner = useMannerWords()
  const segment = useSegmentName()
  return (told) => {
    const act = told as unknown as BulkDo
    switch (act.do) {
      case 'tag':
      case 'untag':
        return t(`bulk.did.${act.do}`, { tag: tagOf(act.tagId)?.name ?? `#${act.tagId}` })
      case 'field': {
        const field = own.ofKey(act.field)
        const name = field?.name ?? act.field
        return act.value === null || act.value === undefined || !field
          ? t('bulk.did.empty', { field: name })
          : t('bulk.did.field', { field: name, value: own.text(field, act.value) })
      }
      case 'owner':
        return act.ownerId === null
          ? t('bulk.did.unown')
          : t('bulk.did.owner', { name: nameOf(act.ownerId) ?? `#${act.ownerId}` })
      case 'pick':
        return t('bulk.did.pick', { how: act.how, name: segment(act.segmentId) ?? `#${act.segmentId}` })
      case 'manner':
        return t('bulk.did.manner', {
          what: act.channel === undefined ? '' : manner({ ...act, actorName: null } as never).what,
        })
    }
  }
}
