// The house in one drawing: an area uses the areas below it and none above; inside know and understand the order is
// that of the list; a module enters another through its front door. `npm run house` checks it.

const areas = ['platform', 'web', 'know', 'understand', 'deliver', 'reward', 'bond', 'reach', 'doors', 'app']
const know = [
  'regions',
  'shops',
  'staff',
  'keys',
  'audit',
  'fields',
  'customers',
  'identity',
  'duplicates',
  'consent',
  'talks',
  'tags',
  'manners',
  'states',
  'relations',
  'arrivals',
  'bulk',
  'catalog',
  'orders',
  'reviews',
  'behaviour',
  'fresh',
  'activity',
  'card',
  'rights',
]
const understand = [
  'projection',
  'query',
  'lifecycle',
  'value',
  'predictions',
  'habits',
  'reachable',
  'segments',
  'membership',
  'metrics',
  'cohorts',
  'reports',
  'dashboards',
  'digest',
  'funnels',
  'paths',
  'affinity',
  'recommend',
]

const above = (list, index) => list.slice(index + 1)

const areaRules = areas.map((area, index) => ({
  name: `${area}-looks-up`,
  comment: `${area} may use only what stands below it: ${areas.slice(0, index).join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^src/${area}/` },
  to: { path: `^src/(${above(areas, index).join('|') || 'nothing'})/` },
}))

const orderOf = (area, modules) =>
  modules.map((module, index) => ({
    name: `${area}-${module}-looks-up`,
    comment: `inside ${area} the order is ${modules.join(' < ')}`,
    severity: 'error',
    from: { path: `^src/${area}/${module}/` },
    to: { path: `^src/${area}/(${above(modules, index).join('|') || 'nothing'})/` },
  }))

// What stands open to other modules: the front door, the contract, the pages' list, and what a test builds with.
const door = '(index|contract|module)\\.ts|web/(pages|panels|people)\\.tsx?|testing/'

export default {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...areaRules,
    ...orderOf('know', know),
    ...orderOf('understand', understand),
    {
      name: 'front-door',
      comment: 'a module enters another through its front door (index.ts) or contract',
      severity: 'error',
      from: { path: '^src/(know|understand|doors)/([^/]+)/' },
      to: { path: '^src/(know|understand|doors)/[^/]+/', pathNot: [`^src/$1/$2/`, `^src/[^/]+/[^/]+/(${door})`] },
    },
    {
      name: 'app-front-door',
      comment: 'the house, too, takes modules by their plug and front door',
      severity: 'error',
      from: { path: '^src/app/' },
      to: { path: '^src/(know|understand|doors)/[^/]+/', pathNot: [`^src/[^/]+/[^/]+/(${door})`] },
    },
    {
      name: 'pages-stay-in-the-browser',
      comment: 'React pages know contracts and the kit, never a verb',
      severity: 'error',
      from: { path: '^src/.*/web/|^src/web/' },
      to: {
        path: '^src/(know|understand|doors)/[^/]+/(?!web/|contract\\.ts|field\\.ts|definitions\\.ts)|^src/platform/(postgres|clickhouse|engines|http|facts)/',
      },
    },
    {
      name: 'server-without-react',
      severity: 'error',
      from: { path: '^src/', pathNot: '/web/|^src/app/(pages|web)|^src/web/' },
      to: { path: '/web/|^src/web/', pathNot: 'vite\\.config' },
    },
    {
      name: 'columns-dialect',
      comment: 'only these know how ClickHouse speaks',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(platform/(clickhouse|engines|testing|context)|understand/|app/)' },
      to: { path: '@clickhouse/client' },
    },
    {
      name: 'not-in-package-json',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-tests-in-the-house',
      severity: 'error',
      from: { pathNot: '\\.test\\.tsx?$|^test/|^bench/|/testing/' },
      to: { path: '\\.test\\.tsx?$|^test/|^src/platform/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'vite/client' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main'],
    },
  },
}
