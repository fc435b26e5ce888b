import type { PreviewPlug } from '#know/identity/index.ts'
import { compareConsents } from './compare-consents.ts'

/** What a merge would come to, consent by consent, where the customers differ. */
export const consentPreview: PreviewPlug = async (ctx, profiles) => {
  const compared = await compareConsents(ctx, [...profiles.keys()])
  return compared.map(({ channel, purpose, each, together }) => ({
    what: `consent_${channel}_${purpose}`,
    unit: 'words',
    before: each.map(({ customerId, may }) => ({ customerId, value: `consent.may.${may}` })),
    after: `consent.may.${together}`,
  }))
}
