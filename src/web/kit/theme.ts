import { type ThemeConfig, theme } from 'antd'
import { dark, light, type Palette } from './palette.ts'

/** Whether the person asked the system for pages that keep still. */
const still = typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches

/** Ant Design dressed once for the whole app: paper, hairlines, tea green. Touch screens get controls of 44 pixels. */
export function themeOf(mode: 'light' | 'dark', phone: boolean): ThemeConfig {
  const colour = mode === 'dark' ? dark : light
  const flat = { boxShadow: 'none', defaultShadow: 'none', primaryShadow: 'none', dangerShadow: 'none' }
  return {
    // Derived tints of Ant Design's own, then our colours exactly: its dark algorithm would change them.
    algorithm: [mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm, exactly(colour)],
    hashed: false,
    cssVar: { key: 'regulars' },
    token: {
      colorPrimary: colour.accent,
      colorError: colour.danger,
      colorWarning: colour.caution,
      colorSuccess: colour.stageActive,
      colorInfo: colour.accent,
      colorTextBase: colour.ink,
      colorBgBase: colour.paper,
      borderRadius: 6,
      borderRadiusLG: 8,
      borderRadiusSM: 4,
      controlHeight: phone ? 44 : 36,
      controlHeightLG: 44,
      controlHeightSM: phone ? 36 : 28,
      fontSize: phone ? 16 : 14,
      fontFamily: 'inherit',
      controlOutlineWidth: 2,
      boxShadow: '0 8px 24px rgb(20 24 20 / 0.12)',
      boxShadowSecondary: '0 8px 24px rgb(20 24 20 / 0.12)',
      motionDurationFast: '0.08s',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
      motion: !still,
      wireframe: false,
    },
    components: {
      Button: {
        ...flat,
        primaryColor: colour.onAccent,
        dangerColor: colour.onAccent,
        fontWeight: 500,
        contentFontSize: phone ? 16 : 14,
      },
      Input: { activeShadow: 'none' },
      Tooltip: { colorTextLightSolid: colour.paper },
      Select: { optionSelectedBg: colour.tint, optionSelectedFontWeight: 500 },
      Form: { verticalLabelPadding: '0 0 4px', labelColor: colour.ink, itemMarginBottom: 24 },
      Tabs: { horizontalMargin: '0 0 24px', titleFontSize: phone ? 16 : 14 },
      Modal: { titleFontSize: 18 },
      Segmented: { trackBg: colour.rail, itemSelectedBg: colour.raised },
    },
  }
}

type Derive = Extract<ThemeConfig['algorithm'], readonly unknown[]>[number]
type Derived = ReturnType<Derive>

function exactly(colour: Palette): Derive {
  const named: Record<string, string> = {
    colorPrimary: colour.accent,
    colorPrimaryHover: colour.accentDeep,
    colorPrimaryActive: colour.accentDeep,
    colorPrimaryText: colour.accent,
    colorPrimaryTextHover: colour.accentDeep,
    colorPrimaryBg: colour.tint,
    colorPrimaryBgHover: colour.tint,
    colorLink: colour.accent,
    colorLinkHover: colour.accentDeep,
    colorLinkActive: colour.accentDeep,
    colorError: colour.danger,
    colorErrorHover: colour.danger,
    colorErrorActive: colour.danger,
    colorErrorText: colour.danger,
    colorErrorTextHover: colour.danger,
    colorErrorBorder: colour.danger,
    colorErrorBorderHover: colour.danger,
    colorErrorOutline: 'transparent',
    colorWarning: colour.caution,
    colorWarningText: colour.caution,
    colorText: colour.ink,
    colorTextSecondary: colour.soft,
    colorTextTertiary: colour.soft,
    colorTextQuaternary: colour.soft,
    colorTextLightSolid: colour.onAccent,
    colorBgLayout: colour.paper,
    colorBgContainer: colour.raised,
    colorBgElevated: colour.raised,
    colorBgSpotlight: colour.ink,
    colorBorder: colour.edge,
    colorBorderSecondary: colour.hairline,
  }
  return (_seed, derived) => ({ ...(derived as Derived), ...named })
}
