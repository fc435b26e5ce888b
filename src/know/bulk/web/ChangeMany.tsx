import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ConfigProvider } from 'antd'
import { useRef, useState } from 'react'
import { useLocale, useT } from '#web/i18n.ts'
import { Choices } from '#web/kit/Choices.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { countText } from '#web/kit/formats.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { useMay } from '#web/session.ts'
import { type BulkDo, bulkActs } from '../contract.ts'
import { ActForm } from './ActForm.tsx'
import { bulk } from './bulk-api.ts'
import './bulk.css'

/** Does something to all whom a list shows, or who was chosen on it. */
export function ChangeMany(props: {
  whom: { ids?: number[]; list?: unknown }
  count: number | undefined
  chosen: boolean
}) {
  const { whom, count, chosen } = props
  const t = useT()
  const locale = useLocale()
  const navigate = useNavigate()
  const sheet = useRef<HTMLDialogElement>(null)
  const [open, setOpen] = useState(false)
  const [what, setWhat] = useState<BulkDo['do']>('tag')
  const mayPick = useMay()('segments.edit')
  const acts = bulkActs.filter((one) => one !== 'pick' || mayPick)
  const many = count === undefined ? '' : countText(locale, count)
  const begin = useMutation({
    mutationFn: (act: BulkDo) => bulk.call.begin({ act, whom }),
    onSuccess: ({ id }) => navigate({ to: `/bulk/${id}` }),
  })
  function close() {
    sheet.current?.close()
    setOpen(false)
    begin.reset()
  }
  return (
    <>
      <QuietButton
        onClick={() => {
          setOpen(true)
          sheet.current?.showModal()
        }}
      >
        {t(chosen ? 'bulk.change_chosen' : 'bulk.change_all', { count: count ?? 0 })}
      </QuietButton>
      <dialog
        ref={sheet}
        className="bulk-sheet"
        aria-label={t('bulk.change')}
        onClose={() => setOpen(false)}
        closedby="any"
      >
        {open && (
          // What opens out of a field must stand in the dialog: all else lies below it.
          <ConfigProvider getPopupContainer={() => sheet.current ?? document.body}>
            <div className="bulk-form">
              <h2>{t('bulk.change')}</h2>
              <p className="soft">
                {t(chosen ? 'bulk.of_chosen' : whom.list === undefined && !whom.ids ? 'bulk.of_all' : 'bulk.of_list', {
                  count: count ?? 0,
                  many,
                })}
              </p>
              <Choices
                wraps
                label={t('bulk.what')}
                value={what}
                options={acts.map((one) => ({ value: one, label: t(`bulk.do.${one}`) }))}
                onPick={(picked) => {
                  begin.reset()
                  setWhat(picked)
                }}
              />
              <ActForm
                key={what}
                what={what}
                saving={begin.isPending}
                onDo={(act) => begin.mutateAsync(act)}
                onCancel={close}
              />
              {what !== 'manner' && <ErrorNote error={begin.error} />}
              <p className="soft">
                {t('bulk.can_undo')} <Link to="/bulk">{t('bulk.earlier')}</Link>
              </p>
            </div>
          </ConfigProvider>
        )}
      </dialog>
    </>
  )
}
