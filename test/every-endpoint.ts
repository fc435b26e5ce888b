import { sightDefaults } from '#know/staff/contract.ts'
import { theirPassword, tokenOf } from '#know/staff/testing/index.ts'
import type { Asked, Told } from './real-server.ts'

// Every endpoint of the house, called as it is meant, with unmistakable values in every personal field.

export const mark = 'Zq9canary'
export const phone = '13912340987'
export const address = { email: 'zq9canary@mail.example', staff: 'zq9canary.staff@mail.example' }
export const person = {
  values: {
    name: `${mark} Wang`,
    birthday: { calendar: 'solar', month: 3, day: 7, year: 1913 },
    gender: 'female',
    ...Object.fromEntries(
      ['district', 'address', 'occupation', 'income', 'education', 'personality', 'preferences', 'notes'].map(
        (field) => [field, `${mark} ${field}`],
      ),
    ),
    postcode: mark,
  },
  phones: [phone],
  emails: [address.email],
  member: `${mark}-7`,
}

const preset = {
  code: 'people',
  name: 'People',
  source: { code: 'till', name: 'Till' },
  zone: 'Asia/Shanghai',
  currency: 'CNY',
  columns: {
    'customer.id': ['Id'],
    'customer.name': ['Name'],
    'customer.phone': ['Phone'],
    'customer.birthday': ['Born'],
  },
}
const file = `Id,Name,Phone,Born\n${mark}-1,${mark} Li,${phone},1913-03-07\n${mark}-2,${mark} He,${mark},${mark}\n`

/** Each endpoint called as it is meant, in an order in which each can. `of` gives what earlier answers said. */
export type Step = [name: string, method: string, path: (of: Known) => string, asked?: (of: Known) => Asked]
export type Known = Record<string, number | string>

export const put = (body: unknown, version?: number | string): Asked => ({
  body,
  headers: version === undefined ? {} : { 'if-match': `"${version}"` },
})
const stranger = (body: unknown): Asked => ({ body, headers: { cookie: '' } })
const at = (path: string) => () => path
export const steps: Step[] = [
  ['shops.merchant', 'GET', at('/merchant')],
  ['shops.editMerchant', 'PATCH', at('/merchant'), () => put({ name: 'Shop' }, 1)],
  ['shops.list', 'GET', at('/shops')],
  ['shops.add', 'POST', at('/shops'), () => put({ name: 'Second' })],
  ['shops.edit', 'PATCH', ({ shop }) => `/shops/${shop}`, () => put({ name: 'Other' }, 1)],
  ['shops.remove', 'DELETE', ({ shop }) => `/shops/${shop}`],
  ['shops.channels', 'GET', at('/channels')],
  ['shops.addChannel', 'POST', at('/channels'), () => put({ name: 'Net', kind: 'online' })],
  ['shops.editChannel', 'PATCH', ({ channel }) => `/channels/${channel}`, () => put({ name: 'Web' }, 1)],
  ['shops.removeChannel', 'DELETE', ({ channel }) => `/channels/${channel}`],
  ['shops.brands', 'GET', at('/brands')],
  ['shops.addBrand', 'POST', at('/brands'), () => put({ name: 'Own' })],
  ['shops.editBrand', 'PATCH', ({ brand }) => `/brands/${brand}`, () => put({ name: 'Ours' }, 1)],
  ['shops.removeBrand', 'DELETE', ({ brand }) => `/brands/${brand}`],
  ['staff.session', 'GET', at('/session')],
  ['staff.signIn', 'POST', at('/session'), () => stranger({ email: address.staff, password: theirPassword })],
  ['staff.sessions', 'GET', at('/sessions')],
  ['staff.endSession', 'DELETE', ({ session }) => `/sessions/${session}`],
  ['staff.endOtherSessions', 'DELETE', at('/sessions')],
  ['staff.editMe', 'PATCH', at('/me'), () => put({ name: `${mark} Owner` })],
  ['staff.changePassword', 'PUT', at('/me/password'), () => put({ current: theirPassword, password: theirPassword })],
  ['staff.myFactor', 'GET', at('/me/factor')],
  ['staff.beginFactor', 'POST', at('/me/factor'), () => put({})],
  ['staff.confirmFactor', 'PUT', at('/me/factor'), () => put({ code: '000000' })],
  ['staff.renewRecoveryCodes', 'POST', at('/me/recovery-codes'), () => put({})],
  ['staff.turnOffFactor', 'POST', at('/me/factor/removal'), () => put({ password: theirPassword })],
  [
    'staff.secondStep',
    'POST',
    at('/session/second-step'),
    () => stranger({ token: 'x'.repeat(30), code: mark.padEnd(12, '0') }),
  ],
  ['staff.prove', 'POST', at('/session/proof'), () => put({ password: theirPassword })],
  ['keys.make', 'POST', at('/keys'), () => put({ name: mark, permissions: ['shops.read'] })],
  ['keys.list', 'GET', at('/keys')],
  ['keys.revoke', 'POST', ({ key }) => `/keys/${key}/revocation`, () => put({})],
  ['staff.rules', 'GET', at('/staff/rules')],
  ['staff.saveRules', 'PUT', at('/staff/rules'), () => put({ requireFactor: false }, 0)],
  ['staff.names', 'GET', at('/staff/names')],
  ['staff.list', 'GET', at('/staff')],
  ['staff.resetFactor', 'DELETE', ({ staff }) => `/staff/${staff}/factor`],
  ['staff.edit', 'PATCH', ({ staff }) => `/staff/${staff}`, () => put({ role: 'marketer' }, 1)],
  ['staff.addTeam', 'POST', at('/teams'), ({ staff }) => put({ name: mark, leadId: staff, memberIds: [staff] })],
  ['staff.teams', 'GET', at('/teams')],
  ['staff.editTeam', 'PUT', ({ team }) => `/teams/${team}`, () => put({ name: mark, memberIds: [] }, 1)],
  ['staff.removeTeam', 'DELETE', ({ team }) => `/teams/${team}`],
  ['staff.sight', 'GET', at('/staff/sight')],
  ['staff.saveSight', 'PUT', at('/staff/sight'), () => put({ roles: sightDefaults }, 0)],
  ['staff.deactivate', 'POST', ({ staff }) => `/staff/${staff}/deactivation`, () => put({})],
  ['staff.reactivate', 'DELETE', ({ staff }) => `/staff/${staff}/deactivation`],
  ['staff.resetLink', 'POST', ({ staff }) => `/staff/${staff}/reset-links`, () => put({})],
  ['staff.readLink', 'POST', at('/links/lookups'), ({ token }) => put({ token })],
  [
    'staff.useLink',
    'POST',
    at('/links/uses'),
    ({ token }) => stranger({ token, password: `${mark} on a blue stove in March` }),
  ],
  [
    'staff.invite',
    'POST',
    at('/staff/invites'),
    () => put({ name: mark, email: `new.${address.staff}`, role: 'assistant' }),
  ],
  ['staff.withdrawInvite', 'DELETE', ({ invite }) => `/staff/invites/${invite}`],
  ['customers.add', 'POST', at('/customers'), () => put(person)],
  ['customers.list', 'GET', at('/customers')],
  ['customers.search', 'POST', at('/customers/search'), () => put({ text: mark })],
  ['customers.duplicates', 'POST', at('/customers/duplicates'), () => put(person)],
  ['customers.get', 'GET', ({ customer }) => `/customers/${customer}`],
  [
    'customers.edit',
    'PATCH',
    ({ customer }) => `/customers/${customer}`,
    ({ version }) => put({ values: { name: `${mark} Li` } }, version),
  ],
  [
    'customers.addIdentifier',
    'POST',
    ({ customer }) => `/customers/${customer}/identifiers`,
    ({ version }) => put({ kind: 'email', value: `b.${address.email}` }, version),
  ],
  [
    'customers.removeIdentifier',
    'DELETE',
    ({ customer, identifier }) => `/customers/${customer}/identifiers/${identifier}`,
    ({ version }) => put(undefined, version),
  ],
  [
    'customers.removeValue',
    'DELETE',
    ({ customer, profile }) => `/customers/${customer}/values/${profile}/notes`,
    ({ version }) => put(undefined, version),
  ],
  ['customers.changes', 'GET', ({ customer }) => `/customers/${customer}/changes`],
  [
    'customers.undo',
    'POST',
    ({ customer }) => `/customers/${customer}/undos`,
    ({ version, change }) => put({ changeId: change }, version),
  ],
  ['customers.reveal', 'POST', ({ customer }) => `/customers/${customer}/reveals`, () => put({ kind: 'phone' })],
  [
    'customers.handOver',
    'PUT',
    ({ customer }) => `/customers/${customer}/owner`,
    ({ version, staff }) => put({ ownerId: staff!, note: mark }, version),
  ],
  ['customers.owners', 'GET', ({ customer }) => `/customers/${customer}/owners`],
  ['customers.owned', 'GET', ({ staff }) => `/customer-owners/${staff}`],
  [
    'customers.handOverAll',
    'POST',
    ({ staff }) => `/customer-owners/${staff}/hand-overs`,
    () => put({ ownerId: null, note: mark }),
  ],
  ['audit.list', 'GET', at('/audit')],
  ['audit.actions', 'GET', at('/audit/actions')],
  ['audit.verify', 'POST', at('/audit/verifications'), () => put({})],
  ['audit /audit/export', 'POST', at('/audit/export'), () => put({})],
  ['customers.timeline', 'GET', ({ customer }) => `/customers/${customer}/timeline`],
  ['customers /customers/export', 'POST', at('/customers/export'), () => put({ columns: ['name', 'phone', 'notes'] })],
  ['catalog.add', 'POST', at('/products'), () => put({ code: 'TEA', name: 'Tea' })],
  ['catalog.list', 'GET', at('/products')],
  ['catalog.categories', 'GET', at('/product-categories')],
  ['catalog.get', 'GET', ({ product }) => `/products/${product}`],
  ['catalog.edit', 'PATCH', ({ product }) => `/products/${product}`, () => put({ name: 'Green tea' }, 1)],
  [
    'catalog.archive',
    'PUT',
    ({ product }) => `/products/${product}/archived`,
    ({ edited = 2 }) => put({ archived: false }, edited),
  ],
  ['catalog.changes', 'GET', ({ product }) => `/products/${product}/changes`],
  [
    'orders.record',
    'POST',
    at('/orders'),
    ({ customer, product, till = 1 }) =>
      put({
        shopId: till,
        customerId: customer,
        status: 'open',
        lines: [{ productId: product, quantity: 1, unitPrice: '5' }],
      }),
  ],
  ['orders.list', 'GET', at('/orders')],
  ['orders.get', 'GET', ({ order }) => `/orders/${order}`],
  ['orders.settle', 'PUT', ({ order }) => `/orders/${order}/status`, () => put({ status: 'completed' }, 1)],
  ['orders.cancel', 'POST', ({ order }) => `/orders/${order}/cancellations`, () => put({})],
  ['projection.status', 'GET', at('/projection')],
  ['lifecycle.thresholds', 'GET', at('/lifecycle/thresholds')],
  ['lifecycle.preview', 'POST', at('/lifecycle/previews'), () => put({ active: 30, silent: 60, sleeping: 90 })],
  [
    'lifecycle.saveThresholds',
    'PUT',
    at('/lifecycle/thresholds'),
    () => put({ active: 30, silent: 60, sleeping: 90 }, 0),
  ],
  ['lifecycle.flow', 'GET', at('/lifecycle/flow')],
  ['lifecycle.transitions', 'GET', at('/lifecycle/transitions?from=2026-01-01&to=2026-03-01')],
  ['value.standing', 'GET', ({ customer }) => `/customers/${customer}/standing`],
  ['value.standings', 'POST', at('/customers/standings'), ({ customer }) => put({ ids: [customer] })],
  ['value.rulers', 'GET', at('/value/rulers')],
  ['value.grid', 'GET', at('/value/grid')],
  ['value.query', 'POST', at('/customers/query'), () => put({ where: { is: 'text', field: 'city', in: [mark] } })],
  [
    'value.count',
    'POST',
    at('/customers/query/count'),
    () => put({ where: { is: 'text', field: 'city', in: [mark] } }),
  ],
  ['value.facets', 'GET', at('/customer-facets')],
  ['metrics.overview', 'GET', at('/overview')],
  ['metrics.product', 'GET', ({ product }) => `/products/${product}/numbers`],
  ['catalog.remove', 'DELETE', ({ other }) => `/products/${other}`],
  ['exchange.presets', 'GET', at('/import-presets')],
  ['exchange.savePreset', 'PUT', at('/import-presets/people'), ({ presets = 0 }) => put({ preset, version: presets })],
  [
    'exchange /imports/file',
    'PUT',
    at('/imports/file'),
    () => ({ raw: file, headers: { 'x-file-name': 'people.csv', 'x-preset': 'people' } }),
  ],
  ['exchange.list', 'GET', at('/imports')],
  ['exchange.look', 'POST', ({ imported }) => `/imports/${imported}/inspection`, () => put({ encoding: 'utf-8' })],
  ['exchange.get', 'GET', ({ imported }) => `/imports/${imported}`],
  ['exchange.inspect', 'GET', ({ imported }) => `/imports/${imported}/inspection`],
  [
    'exchange.usePreset',
    'PUT',
    ({ imported }) => `/imports/${imported}/preset`,
    ({ imports }) => put({ preset }, imports),
  ],
  ['exchange.run', 'POST', ({ imported }) => `/imports/${imported}/runs`, () => put({ goal: 'applied' })],
  ['exchange.problems', 'GET', ({ imported }) => `/imports/${imported}/problems`],
  ['exchange /imports/:id/unusable', 'GET', ({ imported }) => `/imports/${imported}/unusable`],
  ['exchange.undo', 'POST', ({ imported }) => `/imports/${imported}/undo`, () => put({})],
  ['exchange.leftovers', 'GET', ({ imported }) => `/imports/${imported}/leftovers`],
  ['exchange.cancel', 'POST', ({ imported }) => `/imports/${imported}/cancellation`, () => put({})],
  ['exchange.remove', 'DELETE', ({ imported }) => `/imports/${imported}`],
  ['exchange.removePreset', 'DELETE', at('/import-presets/people')],
  ['health.look', 'GET', at('/health')],
  ['backup.list', 'GET', at('/backups')],
  ['backup.make', 'POST', at('/backups'), () => put({})],
  ['backup.get', 'GET', ({ backup }) => `/backups/${backup}`],
  ['backup.cancel', 'PUT', ({ backup }) => `/backups/${backup}/cancellation`, () => put({})],
  ['backup.plan', 'GET', at('/backups/plan')],
  [
    'backup.savePlan',
    'PUT',
    at('/backups/plan'),
    () => put({ daily: true, at: '04:00', keepDays: 7, keepWeeks: 4, keepMonths: 6 }, 0),
  ],
  [
    'staff.setUp',
    'POST',
    at('/setup'),
    () =>
      put({
        token: 'x'.repeat(30),
        owner: { name: mark, email: address.staff, password: `${mark} on a blue stove in March`, locale: 'en' },
        merchant: { name: mark, zone: 'UTC', currency: 'CNY', locale: 'en' },
        shop: { name: mark },
      }),
  ],
  ['staff.signOut', 'DELETE', at('/session')],
]

/** Answers that say no by nature: a house is set up once; there is no second factor to be seen here. */
export const refusedBy: Record<string, number> = {
  'staff.setUp': 409,
  'staff.confirmFactor': 422,
  'staff.renewRecoveryCodes': 409,
  'staff.turnOffFactor': 409,
  'staff.secondStep': 410,
  'staff.resetFactor': 409,
}

/** What later steps need of an answer. */
export function learn(of: Known, name: string, { body }: Told): void {
  const found: Record<string, () => void> = {
    'staff.addTeam': () => (of.team = body.id),
    'shops.add': () => (of.shop = body.id),
    'shops.addChannel': () => (of.channel = body.id),
    'shops.addBrand': () => (of.brand = body.id),
    'staff.sessions': () => (of.session = body.items.find((one: { current: boolean }) => !one.current).id),
    'staff.list': () => (of.staff = body.items.find((one: { role: string }) => one.role === 'analyst').id),
    'keys.make': () => (of.key = body.id),
    'staff.resetLink': () => (of.token = tokenOf(body.address)),
    'customers.add': () => {
      of.customer = body.id
      of.profile = body.profiles[0].id
      of.identifier = body.identifiers.find((one: { kind: string }) => one.kind === 'phone').id
    },
    'customers.changes': () => (of.change = body.items.find((one: { field: string }) => one.field === 'notes').id),
    'catalog.add': () => (of.product = body.id),
    'orders.record': () => (of.order = body.id),
    'exchange /imports/file': () => (of.imported = body.id),
    'backup.make': () => (of.backup = body.id),
    'exchange.get': () => (of.imports = body.version),
  }
  found[name]?.()
  if (name.startsWith('customers.') && body?.version) of.version = body.version
}
