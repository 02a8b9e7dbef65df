/**
 * The import table of the house: room -> the rooms it may import.
 * Rooms are entered only through their package name, so only through their index.
 */
const rooms = {
  'libs/ran-types': [],
  'libs/asn1': [],
  'libs/radio': ['ran-types'],
  'libs/scenario': ['ran-types'],
  'libs/control': ['radio', 'scenario', 'ran-types'],
  'libs/rl': [],
  'libs/training': ['rl', 'control', 'radio', 'scenario', 'ran-types'],
  'libs/e2ap': ['asn1', 'ran-types'],
  'libs/e2sm': ['asn1', 'ran-types'],
  'libs/contracts': ['ran-types'],
  'libs/bus': ['contracts'],
  'libs/control-plane': ['contracts', 'bus'],
  'libs/e2-node': ['e2ap', 'e2sm', 'platform', 'ran-types'],
  'libs/adapter': ['e2-node', 'e2-transport', 'e2ap', 'bus', 'platform', 'ran-types'],
  'libs/e2-transport': ['e2ap', 'bus', 'contracts'],
  'libs/store': [],
  'libs/platform': [],
  'libs/xapp-sdk': ['contracts', 'bus', 'ran-types', 'platform'],
  'e2-sim': [
    'e2-node',
    'radio',
    'scenario',
    'e2ap',
    'e2sm',
    'e2-transport',
    'bus',
    'platform',
    'contracts',
    'ran-types',
  ],
  'apps/near-rt-ric': [
    'e2ap',
    'e2sm',
    'e2-transport',
    'contracts',
    'bus',
    'control-plane',
    'store',
    'platform',
    'ran-types',
  ],
  'apps/adapters/srsran': ['adapter', 'e2-node', 'e2ap', 'e2-transport', 'platform', 'ran-types'],
  'apps/adapters/oai': ['adapter', 'e2-node', 'e2ap', 'e2-transport', 'platform', 'ran-types'],
  'apps/non-rt-ric': ['contracts', 'bus', 'control-plane', 'store', 'platform', 'ran-types'],
  'apps/dashboard': ['contracts', 'bus', 'platform', 'ran-types'],
  'apps/xapps/slice-quota': ['xapp-sdk', 'control', 'training'],
  'apps/xapps/slice-scheduler': ['xapp-sdk', 'control', 'training', 'ran-types'],
  'apps/xapps/kpi-monitor': ['xapp-sdk'],
  'apps/xapps/slice-guard': ['xapp-sdk'],
  'apps/rapps/meta-hrl': ['xapp-sdk', 'contracts', 'rl', 'training', 'platform'],
};

/** Rooms without Nest, NATS, database or any Node built-in: pure functions of what is handed in. */
const pure = ['radio', 'control', 'rl', 'asn1', 'e2ap', 'e2sm', 'e2-node', 'scenario', 'ran-types'];

const dirOf = Object.fromEntries(Object.keys(rooms).map((dir) => [dir.split('/').pop(), dir]));

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphan-files',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: '(/bin/.*|vite\\.config\\.js|\\.spec\\.ts|index\\.ts|main\\.ts|\\.d\\.ts|\\.cjs)$',
      },
      to: {},
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...Object.entries(rooms).map(([dir, allowed]) => ({
      name: `imports-of-${dir.replaceAll('/', '-')}`,
      severity: 'error',
      comment: `${dir} may import ${allowed.join(', ') || 'no other room'}`,
      from: { path: `^${dir}/` },
      to: {
        path: '^(apps|libs|e2-sim|test)/',
        pathNot: [`^${dir}/`, ...allowed.map((room) => `^${dirOf[room]}/src/index\\.ts$`)],
      },
    })),
    {
      name: 'rooms-by-their-index',
      severity: 'error',
      from: { path: '^(apps/cli|test)/' },
      to: { path: '^(libs|e2-sim|apps)/', pathNot: ['/src/index\\.ts$', '^apps/cli/'] },
    },
    {
      name: 'pure-rooms',
      severity: 'error',
      from: { path: `^libs/(${pure.join('|')})/src`, pathNot: '\\.(spec|fixture)\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.check.json' },
    enhancedResolveOptions: {
      conditionNames: ['@ricochet/source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
