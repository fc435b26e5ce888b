// Who may do what, written by hand and not taken from the contracts: a wrong permission there fails against this. An endpoint
// without a line fails, so does a line without an endpoint.

export type Entry = {
  /**
   * The roles that may: o owner, a admin, m marketer, s shop assistant, n analyst. `self`: each signed-in person. `open`:
   * everybody, strangers too.
   */
  who: string
  /** mine: the rows that one sees; whole: only for who sees everybody; shared: all see the same. */
  rows: 'mine' | 'whole' | 'shared'
  /** What a key must be allowed; never: no key may, whatever it is allowed. */
  key: string
  /** The row that it is asked about, where it is asked about one: a name in `Known`. */
  about?: string
  /** The status of success, where that is a no by nature; else 200 or 201. */
  done?: number
  /** Roles that may ask, and are refused because they are shown people masked. */
  masked?: string
  /** The status where the row is not there, or not one's own. */
  lost?: number
}

type More = Pick<Entry, 'about' | 'done' | 'lost' | 'masked'>
const mine = (who: string, key: string, more: More = {}): Entry => ({ who, rows: 'mine', key, ...more })
const whole = (who: string, key: string, more: More = {}): Entry => ({ who, rows: 'whole', key, ...more })
const shared = (who: string, key: string, more: More = {}): Entry => ({ who, rows: 'shared', key, ...more })
const open = (more: More = {}): Entry => ({ who: 'open', rows: 'shared', key: 'never', ...more })
const self = (more: More = {}): Entry => ({ who: 'self', rows: 'shared', key: 'never', ...more })

const customer = { about: 'customer' }
const suggestion = { about: 'suggestion' }
const order = { about: 'order' }
const product = { about: 'product' }
const staff = { about: 'staff' }
const talk = { about: 'talk' }
const promise = { about: 'promise' }
const tag = { about: 'tag' }
const way = { about: 'way' }
const review = { about: 'review' }
const bulkAct = { about: 'bulk' }
const imported = { about: 'imported' }

export const table: Record<string, Entry> = {
  'shops.merchant': shared('oamsn', 'shops.read'),
  'shops.editMerchant': whole('oa', 'shops.edit'),
  'shops.list': mine('oamsn', 'shops.read'),
  'shops.add': whole('oa', 'shops.edit'),
  'shops.edit': whole('oa', 'shops.edit', { about: 'shop' }),
  'shops.remove': whole('oa', 'shops.edit', { about: 'shop' }),
  'shops.channels': shared('oamsn', 'shops.read'),
  'shops.addChannel': whole('oa', 'shops.edit'),
  'shops.editChannel': whole('oa', 'shops.edit', { about: 'channel' }),
  'shops.removeChannel': whole('oa', 'shops.edit', { about: 'channel' }),
  'shops.brands': shared('oamsn', 'shops.read'),
  'shops.addBrand': whole('oa', 'shops.edit'),
  'shops.editBrand': whole('oa', 'shops.edit', { about: 'brand' }),
  'shops.removeBrand': whole('oa', 'shops.edit', { about: 'brand' }),

  'staff.session': open(),
  'staff.setUp': open({ done: 409 }),
  'staff.signIn': open(),
  'staff.secondStep': open({ done: 410 }),
  'staff.signOut': open(),
  'staff.readLink': open(),
  'staff.useLink': open(),

  'staff.sessions': self(),
  'staff.endSession': self({ about: 'session' }),
  'staff.endOtherSessions': self(),
  'staff.editMe': self(),
  'staff.changePassword': self(),
  'staff.prove': self(),
  'staff.myFactor': self(),
  'staff.beginFactor': self(),
  'staff.confirmFactor': self({ done: 409 }),
  'staff.renewRecoveryCodes': self({ done: 409 }),
  'staff.turnOffFactor': self({ done: 409 }),
  'staff.names': self(),

  'staff.list': whole('oa', 'never'),
  'staff.invite': whole('oa', 'never'),
  'staff.withdrawInvite': whole('oa', 'never', { about: 'invite' }),
  'staff.resetLink': whole('oa', 'never', staff),
  'staff.edit': whole('oa', 'never', staff),
  'staff.deactivate': whole('oa', 'never', staff),
  'staff.reactivate': whole('oa', 'never', staff),
  'staff.resetFactor': whole('o', 'never', { ...staff, done: 409 }),
  'staff.rules': whole('oa', 'never'),
  'staff.saveRules': whole('oa', 'never'),
  'staff.sight': whole('oa', 'never'),
  'staff.saveSight': whole('o', 'never'),
  'staff.teams': whole('oa', 'never'),
  'staff.addTeam': whole('oa', 'never'),
  'staff.editTeam': whole('oa', 'never', { about: 'team' }),
  'staff.removeTeam': whole('oa', 'never', { about: 'team' }),

  'keys.list': whole('oa', 'never'),
  'keys.make': whole('oa', 'never'),
  'keys.revoke': whole('oa', 'never', { about: 'key' }),

  'audit.list': whole('oa', 'audit.read'),
  'audit.actions': whole('oa', 'audit.read'),
  'audit.verify': whole('oa', 'audit.read'),
  'audit /audit/export': whole('oa', 'audit.read'),

  'customers.list': mine('oamsn', 'customers.read'),
  'customers.search': mine('oamsn', 'customers.read'),
  'customers.duplicates': mine('oamsn', 'customers.read'),
  'customers.add': mine('oams', 'customers.edit'),
  'customers.get': mine('oamsn', 'customers.read', customer),
  'customers.edit': mine('oams', 'customers.edit', customer),
  'customers.addIdentifier': mine('oams', 'customers.edit', customer),
  'customers.shareIdentifier': mine('oams', 'customers.edit', customer),
  'customers.removeIdentifier': mine('oams', 'customers.edit', customer),
  'customers.removeValue': mine('oams', 'customers.edit', customer),
  'customers.changes': mine('oamsn', 'customers.read', customer),
  'customers.undo': mine('oams', 'customers.edit', customer),
  'customers.timeline': mine('oamsn', 'customers.read', customer),
  'customers.findInTimeline': mine('oamsn', 'customers.read', customer),
  'customers /customers/:id/timeline/exports': mine('oam', 'customers.export', customer),
  // Analysts are shown people masked, and nobody one by one.
  'customers.reveal': mine('oamsn', 'customers.read', { ...customer, masked: 'n' }),
  'customers.handOver': mine('oams', 'customers.edit', customer),
  'customers.owners': mine('oamsn', 'customers.read', customer),
  // Nobody's customers are none: the answer is the same for somebody who looks after nobody.
  'customers.owned': whole('oa', 'never', { ...staff, lost: 200 }),
  'customers.handOverAll': whole('oa', 'never', { ...staff, lost: 200 }),
  'identity.rules': shared('oamsn', 'customers.read'),
  'identity.saveRules': whole('oa', 'identity.edit'),
  'identity.previewMerge': mine('oamsn', 'customers.read', customer),
  'identity.merge': mine('oams', 'customers.edit', customer),
  'identity.merges': mine('oamsn', 'customers.read', customer),
  'identity.undoMerge': mine('oams', 'customers.edit', { about: 'merge' }),
  'identity.profiles': mine('oamsn', 'customers.read', customer),
  'identity.split': mine('oams', 'customers.edit', customer),
  'identity.keepApart': mine('oams', 'customers.edit', customer),
  'identity.letTogether': mine('oams', 'customers.edit', customer),
  'identity.claim': mine('oams', 'customers.edit', customer),
  'identity.unclaim': mine('oams', 'customers.edit', customer),
  'identity.mark': mine('oamsn', 'customers.read', customer),
  'identity.saveMark': mine('oams', 'customers.edit', customer),
  'customers /customers/export': mine('oam', 'customers.export'),

  'duplicates.list': mine('oamsn', 'customers.read'),
  'duplicates.count': mine('oamsn', 'customers.read'),
  'duplicates.accept': mine('oams', 'customers.edit', suggestion),
  'duplicates.refuse': mine('oams', 'customers.edit', suggestion),
  'duplicates.undo': mine('oams', 'customers.edit', { ...suggestion, done: 409 }), // nothing is decided
  'duplicates.scan': shared('oamsn', 'customers.read'),
  'duplicates.askScan': whole('oams', 'customers.edit', { done: 202 }),
  'duplicates.cancelScan': whole('oams', 'customers.edit'),

  'consent.get': mine('oamsn', 'customers.read', customer),
  'consent.history': mine('oamsn', 'customers.read', customer),
  'consent.record': mine('oams', 'customers.edit', customer),
  'consent.grant': mine('oams', 'customers.edit', customer),
  'consent.link': mine('oams', 'customers.edit', customer),
  'consent.suppress': whole('oa', 'privacy.manage'),
  'consent.rules': shared('oa', 'privacy.manage'),
  'consent.saveRules': whole('oa', 'never'),
  'rights.list': whole('oa', 'privacy.manage'),
  'rights.get': whole('oa', 'privacy.manage', { about: 'request' }),
  'rights.add': whole('oa', 'privacy.manage', { ...customer, done: 409 }), // one is open already
  'rights /privacy-requests/:id/export': whole('oa', 'never', { about: 'request' }),
  'rights.refuse': whole('oa', 'never', { about: 'request' }),
  'rights.erase': whole('oa', 'never', { about: 'request', done: 409 }), // it asks for the data
  'rights.rules': whole('oa', 'privacy.manage'),
  'rights.saveRules': whole('oa', 'never'),

  'catalog.list': shared('oamsn', 'catalog.read'),
  'catalog.categories': shared('oamsn', 'catalog.read'),
  'catalog.get': shared('oamsn', 'catalog.read', product),
  'catalog.changes': shared('oamsn', 'catalog.read', product),
  'catalog.add': shared('oam', 'catalog.edit'),
  'catalog.edit': shared('oam', 'catalog.edit', product),
  'catalog.archive': shared('oam', 'catalog.edit', product),
  'catalog.remove': shared('oam', 'catalog.edit', { about: 'other' }),

  'orders.list': mine('oamsn', 'orders.read'),
  'orders.get': mine('oamsn', 'orders.read', order),
  'orders.record': mine('oas', 'orders.edit', { ...customer, lost: 422 }),
  'orders.cancel': mine('oas', 'orders.edit', order),
  'orders.settle': mine('oas', 'orders.edit', order),
  'orders.tellStep': mine('oas', 'orders.edit', order),
  'orders.removeStep': mine('oas', 'orders.edit', { ...order, done: 404 }), // no such step

  'projection.status': shared('oa', 'system.read'),
  'health.look': shared('oa', 'system.read'),
  'backup.list': shared('oa', 'system.read'),
  'backup.get': shared('oa', 'system.read', { about: 'backup' }),
  'backup.plan': shared('oa', 'system.read'),
  'backup.make': whole('oa', 'system.edit', { done: 409 }), // one waits already
  'backup.cancel': whole('oa', 'system.edit', { about: 'backup' }),
  'backup.savePlan': whole('oa', 'system.edit'),

  'lifecycle.thresholds': shared('oamn', 'insight.read'),
  'lifecycle.saveThresholds': whole('oa', 'lifecycle.edit'),
  'lifecycle.preview': whole('oa', 'lifecycle.edit'),
  'lifecycle.flow': mine('oamn', 'insight.read'),
  'lifecycle.transitions': mine('oamn', 'insight.read'),
  'lifecycle.turning': mine('oamn', 'insight.read'),
  'lifecycle.life': mine('oamn', 'insight.read'),
  'lifecycle.beforePurchase': mine('oamsn', 'customers.read', customer),
  'lifecycle.goods': mine('oamn', 'insight.read'),
  'lifecycle.goodsOfCustomer': mine('oamsn', 'customers.read', customer),
  'lifecycle.goodsThresholds': whole('oa', 'lifecycle.edit'),
  'lifecycle.saveGoodsThresholds': whole('oa', 'lifecycle.edit'),
  'lifecycle.gaps': whole('oa', 'lifecycle.edit'),
  'talks.log': mine('oams', 'customers.edit', customer),
  'talks.list': mine('oamsn', 'customers.read', customer),
  'talks.correct': mine('oams', 'customers.edit', talk),
  'talks.remove': mine('oams', 'customers.edit', talk),
  'talks.promises': mine('oamsn', 'customers.read', customer),
  'talks.promise': mine('oams', 'customers.edit', customer),
  'talks.move': mine('oams', 'customers.edit', promise),
  'talks.close': mine('oams', 'customers.edit', promise),
  'talks.open': mine('oams', 'customers.edit', { ...promise, done: 409 }),
  'talks.due': mine('oamsn', 'customers.read'),
  'talks.days': mine('oamsn', 'customers.read'),
  'reviews.list': mine('oamsn', 'customers.read'),
  'reviews.summary': mine('oamsn', 'customers.read'),
  'reviews.add': mine('oams', 'customers.edit', customer),
  'reviews.correct': mine('oams', 'customers.edit', review),
  'reviews.answer': mine('oams', 'customers.edit', review),
  'reviews.remove': mine('oams', 'customers.edit', review),
  'relations.list': mine('oamsn', 'customers.read', customer),
  'relations.add': mine('oams', 'customers.edit', customer),
  'relations.remove': mine('oams', 'customers.edit', { ...customer, done: 404 }), // no such relation
  'arrivals.ways': shared('oamsn', 'customers.read'),
  'arrivals.addWay': whole('oam', 'record.edit'),
  'arrivals.editWay': whole('oam', 'record.edit', way),
  'arrivals.ofCustomer': mine('oamsn', 'customers.read', customer),
  'arrivals.say': mine('oams', 'customers.edit', customer),
  'arrivals.unsay': mine('oams', 'customers.edit', customer),
  'arrivals.ofMany': mine('oamsn', 'customers.read'),
  'arrivals.costs': whole('oamn', 'insight.read'),
  'arrivals.saveCost': whole('oam', 'record.edit', way),
  'tags.list': shared('oamsn', 'customers.read'),
  'tags.add': shared('oams', 'customers.edit'),
  'tags.edit': whole('oam', 'record.edit', tag),
  'tags.remove': whole('oam', 'record.edit', { about: 'unused' }),
  'tags.merge': whole('oam', 'record.edit', tag),
  'tags.takeOut': whole('oam', 'record.edit', tag),
  'tags.ofCustomer': mine('oamsn', 'customers.read', customer),
  'tags.give': mine('oams', 'customers.edit', customer),
  'tags.take': mine('oams', 'customers.edit', customer),
  'tags.ofMany': mine('oamsn', 'customers.read'),

  'fields.list': shared('oamsn', 'customers.read'),
  'fields.add': whole('oam', 'record.edit'),
  'fields.edit': whole('oam', 'record.edit', { about: 'field' }),
  'fields.remove': whole('oam', 'record.edit', { about: 'field' }),
  'manners.list': mine('oamsn', 'customers.read', customer),
  'manners.add': mine('oams', 'customers.edit', customer),
  'manners.end': mine('oams', 'customers.edit', { about: 'manner' }),
  'manners.reopen': mine('oams', 'customers.edit', { about: 'manner' }),
  'manners.check': mine('oamsn', 'customers.read', customer),
  'bulk.begin': mine('oam', 'customers.bulk', { done: 202 }),
  'bulk.list': mine('oam', 'customers.bulk'),
  'bulk.get': mine('oam', 'customers.bulk', bulkAct),
  'bulk.people': mine('oam', 'customers.bulk', bulkAct),
  // What is done can be taken back, but neither stopped nor gone on with.
  'bulk.stop': mine('oam', 'customers.bulk', { ...bulkAct, done: 409 }),
  'bulk.goOn': mine('oam', 'customers.bulk', { ...bulkAct, done: 409 }),
  'bulk.undo': mine('oam', 'customers.bulk', { ...bulkAct, done: 202 }),
  'activity.list': mine('oamsn', 'customers.read'),
  'fresh.ofCustomer': mine('oamsn', 'customers.read', customer),
  'fresh.confirm': mine('oams', 'customers.edit', customer),
  'fresh.doubt': mine('oams', 'customers.edit', customer),
  'fresh.terms': shared('oamsn', 'customers.read'),
  'fresh.saveTerms': whole('oam', 'record.edit'),
  'card.get': mine('oamsn', 'customers.read', customer),

  'value.standing': mine('oamsn', 'customers.read', customer),
  'value.standings': mine('oamsn', 'customers.read'),
  'value.rulers': mine('oamn', 'insight.read'),
  'value.grid': mine('oamn', 'insight.read'),
  'value.query': mine('oamsn', 'customers.read'),
  'value.count': mine('oamsn', 'customers.read'),
  'value.facets': mine('oamsn', 'customers.read'),
  'value.sentence': shared('oamsn', 'customers.read'),
  'segments.list': shared('oamsn', 'segments.read'),
  'segments.get': shared('oamsn', 'segments.read', { about: 'segment' }),
  'segments.add': shared('oam', 'segments.edit'),
  'segments.edit': shared('oam', 'segments.edit', { about: 'segment' }),
  'segments.remove': shared('oam', 'segments.edit', { about: 'segment' }),
  'segments.read': mine('oamsn', 'segments.read'),
  'segments.tally': mine('oamsn', 'segments.read'),
  'segments.estimate': mine('oamsn', 'segments.read'),
  'segments.reach': mine('oamsn', 'segments.read'),
  'segments.count': shared('oamsn', 'segments.read', { about: 'segment' }),
  'segments.reasons': mine('oamsn', 'segments.read', customer),
  'segments.ofCustomer': mine('oamsn', 'segments.read', customer),
  'segments.overlap': mine('oamsn', 'segments.read'),
  'segments.presets': shared('oamsn', 'segments.read'),
  'segments.vocabulary': mine('oamsn', 'segments.read'),
  'predictions.forecast': whole('oamn', 'insight.read'),
  'predictions.make': whole('oa', 'lifecycle.edit'),
  'predictions.outlook': mine('oamsn', 'customers.read', customer),
  'recommend.taste': mine('oamsn', 'customers.read', customer),
  'recommend.next': mine('oamsn', 'customers.read', customer),
  'recommend.refuse': mine('oams', 'customers.edit', customer),
  'recommend.takeBack': mine('oams', 'customers.edit', customer),
  'recommend.related': shared('oamsn', 'catalog.read', product),
  'recommend.audience': shared('oamn', 'insight.read', product),
  'recommend.lists': whole('oamsn', 'customers.read'),
  'metrics.definitions': shared('oamn', 'insight.read'),
  'cohorts.table': mine('oamn', 'insight.read'),
  'cohorts.people': mine('oamn', 'insight.read'),
  'dashboards.list': shared('oamn', 'insight.read'),
  'dashboards.get': shared('oamn', 'insight.read', { about: 'dashboard' }),
  'dashboards.add': shared('oamn', 'reports.edit'),
  'dashboards.edit': shared('oamn', 'reports.edit', { about: 'dashboard' }),
  'dashboards.remove': shared('oamn', 'reports.edit', { about: 'dashboard' }),
  'value.migration': mine('oamn', 'insight.read'),
  'reports.list': shared('oamn', 'insight.read'),
  'reports.get': shared('oamn', 'insight.read', { about: 'report' }),
  'reports.add': shared('oamn', 'reports.edit'),
  'reports.edit': shared('oamn', 'reports.edit', { about: 'report' }),
  'reports.remove': shared('oamn', 'reports.edit', { about: 'report' }),
  'reports.run': mine('oamn', 'insight.read'),
  'reports /reports/file': mine('oamn', 'insight.read'),
  'metrics.overview': mine('oamn', 'insight.read'),
  'metrics.product': shared('oamn', 'insight.read', product),
  'metrics.arrivals': mine('oamn', 'insight.read'),

  'ingest.keys': whole('oa', 'ingest.read'),
  'ingest.makeKey': whole('oa', 'ingest.edit'),
  'ingest.endKey': whole('oa', 'ingest.edit', { about: 'writeKey' }),
  'ingest.live': whole('oa', 'ingest.read'),
  'ingest.drops': whole('oa', 'ingest.read'),
  'ingest.replay': whole('oa', 'ingest.edit'),

  'exchange.presets': whole('oam', 'exchange.import'),
  'exchange.savePreset': whole('oam', 'exchange.import'),
  'exchange.removePreset': whole('oam', 'exchange.import'),
  'exchange.list': whole('oam', 'exchange.import'),
  'exchange /imports/file': whole('oam', 'exchange.import'),
  'exchange.get': whole('oam', 'exchange.import', imported),
  'exchange.inspect': whole('oam', 'exchange.import', imported),
  'exchange.look': whole('oam', 'exchange.import', imported),
  'exchange.usePreset': whole('oam', 'exchange.import', imported),
  'exchange.run': whole('oam', 'exchange.import', imported),
  'exchange.problems': whole('oam', 'exchange.import', imported),
  // The rows are as the file has them: only for who is shown people whole.
  'exchange /imports/:id/unusable': whole('oam', 'exchange.import', { ...imported, masked: 'm' }),
  'exchange.undo': whole('oam', 'exchange.import', { ...imported, done: 409 }),
  'exchange.leftovers': whole('oam', 'exchange.import', imported),
  'exchange.cancel': whole('oam', 'exchange.import', imported),
  'exchange.remove': whole('oam', 'exchange.import', imported),
}
