/**
 * The house check: who may import whom. The story only looks back: a concept imports only concepts earlier in this line.
 */
const STORY = [
  'core',
  'team',
  'models',
  'projects',
  'interviews',
  'prompts',
  'tasks',
  'card-plans',
  'attempts',
  'schedules',
  'sessions',
  'changes',
  'plans',
  'approvals',
  'workflows',
  'needs',
  'channels',
  'budgets',
  'search',
  'projection',
]
const BUILDINGS = ['app', 'sync-server', 'runner']
const PURE_PACKAGES = ['zod', 'yjs', 'sql-template-tag', 'jittered-fractional-indexing', 'lib0', 'y-protocols']

const TEST = '\\.test\\.tsx?$'
const TYPE_ONLY = ['type-only']
const inside = (...folders) => `^(${folders.join('|')})/`
const refuse = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const concepts = STORY.slice(0, -1).map((concept, at) =>
  refuse(
    `story-only-looks-back-${concept}`,
    `domain/${concept} tells an earlier part of the story; move what it needs down to it, or the caller up.`,
    { path: `^domain/${concept}/`, pathNot: TEST },
    { path: `^domain/(${STORY.slice(at + 1).join('|')})/` },
  ),
)

const strangers = BUILDINGS.map((building) =>
  refuse(
    `buildings-meet-in-domain-${building}`,
    `${building}/ may import domain/ and the type AppRouter of sync-server/api/router.ts; say what both need in domain/.`,
    { path: inside(building), pathNot: TEST },
    { path: inside(...BUILDINGS.filter((other) => other !== building)), pathNot: '^sync-server/api/router\\.ts$' },
  ),
)

module.exports = {
  forbidden: [
    ...concepts,
    ...strangers,
    refuse(
      'router-by-type-only',
      'Only the type of the router crosses: write `import type { AppRouter }`.',
      { path: inside('app', 'runner'), pathNot: TEST },
      { path: '^sync-server/api/router\\.ts$', dependencyTypesNot: TYPE_ONLY },
    ),
    refuse(
      'concepts-have-a-place',
      'A folder of domain/ stands in the STORY of .dependency-cruiser.cjs; give the new concept its place in the line.',
      { path: '^domain/', pathNot: inside(...STORY.map((concept) => `domain/${concept}`)) },
      {},
    ),
    refuse(
      'domain-is-below',
      'domain/ knows none of the buildings.',
      { path: '^domain/', pathNot: TEST },
      { path: inside(...BUILDINGS, 'bench', 'bin') },
    ),
    refuse(
      'domain-is-pure',
      `domain/ does no I/O: it imports ${PURE_PACKAGES.join(', ')} and nothing else from outside.`,
      { path: '^domain/', pathNot: TEST },
      { path: 'node_modules/', pathNot: `node_modules/(${PURE_PACKAGES.join('|')})/` },
    ),
    refuse(
      'domain-is-pure-of-node',
      'domain/ runs in a browser too: no Node modules.',
      { path: '^domain/', pathNot: TEST },
      { dependencyTypes: ['core'] },
    ),
    refuse(
      'browser-has-no-node',
      'app/ runs in a browser: no Node modules (what a build runs, as app/offline/write-service-worker.js, is no part of it).',
      { path: '^app/', pathNot: [TEST, '\\.server\\.tsx?$', '^app/offline/write-service-worker\\.js$'] },
      { dependencyTypes: ['core'] },
    ),
    refuse(
      'launch-knows-the-disk-only',
      'bin/launch starts programs and threads and knows where they lie, not what they do.',
      { path: '^bin/launch/', pathNot: TEST },
      { path: inside('domain', ...BUILDINGS) },
    ),
    refuse(
      'launch-is-for-node',
      'app/ runs in a browser: what starts programs is of no use there.',
      { path: '^app/', pathNot: TEST },
      { path: '^bin/launch/' },
    ),
    refuse(
      'rooms-take-settings-as-values',
      'A room does not read configuration or composition; main.ts hands it what it needs.',
      { path: '^(sync-server|runner)/[^/]+/', pathNot: TEST },
      { path: '^$1/(main|config)\\.ts$' },
    ),
    refuse(
      'pages-reach-data-through-the-replica',
      'A page uses app/replica/react.tsx (useQuery, useCommand …), not its inner parts.',
      { path: '^app/(routes|ui)/', pathNot: TEST },
      { path: '^app/replica/', pathNot: '^app/replica/react\\.tsx$', dependencyTypesNot: TYPE_ONLY },
    ),
    refuse(
      'design-system-knows-no-page',
      'app/ui holds pieces that take props and give callbacks.',
      { path: '^app/ui/' },
      { path: '^app/routes/' },
    ),
    refuse(
      'tests-stay-out-of-production',
      'A .test.ts file and tests/ never reach production.',
      { path: inside('domain', ...BUILDINGS), pathNot: TEST },
      { path: [TEST, '^(tests|bench)/'] },
    ),
    refuse(
      'production-needs-no-dev-dependency',
      'What runs in production is a dependency, not a devDependency: move it in package.json.',
      { path: inside('domain', ...BUILDINGS), pathNot: TEST },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: TYPE_ONLY, pathNot: 'node_modules/@types/' },
    ),
    refuse('no-cycles', 'Two files that need each other are one file, or hide a third one.', {}, { circular: true }),
    refuse('imports-resolve', 'Nothing stands at that path.', {}, { couldNotResolve: true, pathNot: '^virtual:' }),
    refuse(
      'names-say-what-a-thing-does',
      'Name the idea; utils, helpers, misc, common, shared, manager and service say nothing.',
      {},
      { path: '(^|/)(utils?|helpers?|misc|common|shared|managers?|services?)(/|\\.tsx?$)', pathNot: 'node_modules/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|node_modules/.*/test)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'default'] },
  },
}
