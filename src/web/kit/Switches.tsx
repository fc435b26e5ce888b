import { useSyncExternalStore } from 'react'
import { changeLocale, languages, useLocale, useT } from '../i18n.ts'
import type { Locale } from '../session.ts'
import { type Appearance, chooseAppearance, chosenAppearance, useMode } from './appearance.ts'
import { Choices } from './Choices.tsx'

/** Turns the app to another language at once. `onChosen` keeps it for the person, where somebody is signed in. */
export function LocaleSwitch({ onChosen }: { onChosen?: (locale: Locale) => void }) {
  const locale = useLocale()
  const t = useT()
  return (
    <Choices
      label={t('web.language')}
      value={locale}
      options={languages.map((language) => ({ value: language.locale, label: language.name, lang: language.locale }))}
      onPick={(value) => {
        void changeLocale(value).then(() => onChosen?.(value))
      }}
    />
  )
}

/** Light, dark, or as the system is. */
export function AppearanceSwitch() {
  useMode()
  const t = useT()
  const choice = useSyncExternalStore(() => () => {}, chosenAppearance)
  return (
    <Choices<Appearance>
      label={t('web.appearance')}
      value={choice}
      options={[
        { value: 'system', label: t('web.appearance_system') },
        { value: 'light', label: t('web.appearance_light') },
        { value: 'dark', label: t('web.appearance_dark') },
      ]}
      onPick={chooseAppearance}
    />
  )
}
