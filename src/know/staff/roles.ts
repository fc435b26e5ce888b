/** What a member of staff is. Owners look after owners; the last one cannot be taken away. */
export const roles = ['owner', 'admin', 'marketer', 'assistant', 'analyst'] as const

export type Role = (typeof roles)[number]

const everything = [
  'customers.read',
  'customers.edit',
  'customers.export',
  'customers.bulk',
  'orders.read',
  'orders.edit',
  'catalog.read',
  'catalog.edit',
  'shops.read',
  'shops.edit',
  'staff.manage',
  'keys.manage',
  'audit.read',
  'exchange.import',
  'ingest.read',
  'ingest.edit',
  'insight.read',
  'reports.edit',
  'segments.read',
  'segments.edit',
  'lifecycle.edit',
  'identity.edit',
  'record.edit',
  'system.read',
  'system.edit',
  'privacy.manage',
]

const permissions: Record<Role, ReadonlySet<string>> = {
  owner: new Set([...everything, 'staff.owners']),
  admin: new Set(everything),
  marketer: new Set([
    'customers.read',
    'customers.edit',
    'customers.export',
    'customers.bulk',
    'orders.read',
    'catalog.read',
    'catalog.edit',
    'shops.read',
    'exchange.import',
    'insight.read',
    'reports.edit',
    'segments.read',
    'segments.edit',
    'record.edit',
  ]),
  assistant: new Set([
    'customers.read',
    'customers.edit',
    'orders.read',
    'orders.edit',
    'catalog.read',
    'shops.read',
    'segments.read',
  ]),
  analyst: new Set([
    'customers.read',
    'orders.read',
    'catalog.read',
    'shops.read',
    'insight.read',
    'reports.edit',
    'segments.read',
  ]),
}

/** What a role may do. `staff.owners` is to invite, change and deactivate owners. */
export function permissionsOf(role: Role): ReadonlySet<string> {
  return permissions[role]
}
