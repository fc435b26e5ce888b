import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useT } from '#web/i18n.ts'
import { Bubble } from '#web/kit/bubble.tsx'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Icon } from '#web/kit/icon.tsx'
import { notify } from '#web/kit/notice.tsx'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { newKey } from '#web/once-keys.ts'
import type { Preset } from '../contract.ts'
import { exchange } from './exchange-api.ts'

/** The preset that the file is read with: another one, saved under a name, or with the changes made here. */
export function PresetChoice({ preset, onChange }: { preset: Preset; onChange: (preset: Preset) => void }) {
  const t = useT()
  const queries = useQueryClient()
  const presets = useQuery(exchange.query.presets.queryOptions({ input: {} }))
  const items = presets.data?.items ?? []
  const own = items.find((item) => item.preset.code === preset.code && !item.shipped)
  const save = useMutation({
    mutationFn: ({ preset, version }: { preset: Preset; version: number }) =>
      exchange.call.savePreset({ code: preset.code, preset, version }),
    onSuccess(saved) {
      notify(t('exchange.page.preset_saved', { name: saved.preset.name }))
      return queries.invalidateQueries({ queryKey: exchange.query.presets.key() })
    },
  })
  const remove = useMutation({
    mutationFn: (code: string) => exchange.call.removePreset({ code }),
    onSuccess() {
      notify(t('exchange.page.preset_removed'))
      return queries.invalidateQueries({ queryKey: exchange.query.presets.key() })
    },
  })
  const options = items.map((item) => ({ value: item.preset.code, label: item.preset.name }))
  const known = items.some((item) => item.preset.code === preset.code)
  return (
    <section className="panel">
      <h2>{t('exchange.page.preset')}</h2>
      <p className="soft">{t('exchange.page.preset_means')}</p>
      <div className="preset-choice">
        <Select
          aria-label={t('exchange.page.preset')}
          value={preset.code}
          options={known ? options : [{ value: preset.code, label: t('exchange.page.preset_guessed') }, ...options]}
          onChange={(code: string) => {
            const chosen = items.find((item) => item.preset.code === code)
            if (chosen) onChange(chosen.preset)
          }}
          popupMatchSelectWidth={false}
        />
        {own && (
          <QuietButton disabled={save.isPending} onClick={() => save.mutate({ preset, version: own.version })}>
            {t('exchange.page.preset_update', { name: own.preset.name })}
          </QuietButton>
        )}
        <Bubble
          button={
            <>
              <Icon name="add" size={18} />
              {t('exchange.page.preset_save_as')}
            </>
          }
        >
          <NewName
            busy={save.isPending}
            onName={(name) => {
              // The code is for machines; names may be in any script.
              const named = { ...preset, name, code: `own-${newKey().slice(0, 10)}` }
              save.mutate({ preset: named, version: 0 }, { onSuccess: () => onChange(named) })
            }}
          />
        </Bubble>
        {own && (
          <QuietButton disabled={remove.isPending} onClick={() => remove.mutate(preset.code)}>
            {t('exchange.page.preset_remove')}
          </QuietButton>
        )}
      </div>
      <ErrorNote error={save.error ?? remove.error ?? presets.error} />
    </section>
  )
}

function NewName({ busy, onName }: { busy: boolean; onName: (name: string) => void }) {
  const t = useT()
  const [name, setName] = useState('')
  return (
    <form
      className="new-preset"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) onName(name.trim())
        event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
      }}
    >
      <Input
        aria-label={t('exchange.page.preset_name')}
        placeholder={t('exchange.page.preset_name')}
        value={name}
        maxLength={80}
        onChange={({ target }) => setName(target.value)}
      />
      <Button type="primary" htmlType="submit" loading={busy} disabled={!name.trim()}>
        {t('web.save')}
      </Button>
    </form>
  )
}
