import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The import law: who may import from whom, and why. Two towers stand on two ground floors; `generated` is the only
 * bridge between them.
 */
interface Law {
  readonly folder: string;
  /** Folders of ours that files here may import from, beside their own. */
  readonly may: readonly string[];
  readonly because: string;
}

const LAWS: readonly Law[] = [
  {
    folder: 'schema',
    may: [],
    because: 'JSON Schema knows nothing of AsyncAPI, and people install it for itself',
  },
  {
    folder: 'contract/source',
    may: ['schema'],
    because: 'text and positions lie under everything else',
  },
  {
    folder: 'contract/model',
    may: ['contract/source', 'schema'],
    because: 'the model is data; it knows neither how it was read nor what is thought of it',
  },
  {
    folder: 'contract/diagnostics',
    may: ['contract/source', 'contract/model', 'schema'],
    because: 'a finding points into the model; who finds is not its business',
  },
  {
    folder: 'contract/structure',
    may: ['contract/source', 'contract/model', 'contract/diagnostics', 'schema'],
    because: 'the shape of a document is a matter of its text; what it means comes later',
  },
  {
    folder: 'contract/load',
    may: [
      'contract/source',
      'contract/model',
      'contract/diagnostics',
      'contract/vocabulary',
      'contract/structure',
      'schema',
    ],
    because: 'load, lint and compat meet in the model, so that each can be read and tested alone',
  },
  {
    folder: 'contract/lint',
    may: ['contract/source', 'contract/model', 'contract/diagnostics', 'schema'],
    because: 'load, lint and compat meet in the model, so that each can be read and tested alone',
  },
  {
    folder: 'compat',
    may: ['contract/source', 'contract/model', 'contract/diagnostics', 'schema'],
    because: 'a change is two workspaces side by side; how they were read is not its business',
  },
  ...[
    'types',
    'validators',
    'messages',
    'upcasters',
    'producers',
    'consumers',
    'schemas',
    'cloudevents',
    'streams',
    'http',
  ].map((name) => ({
    folder: `generators/${name}`,
    may: ['generators/source', 'contract/model', 'contract/source', 'contract/diagnostics', 'schema'],
    because: 'generators never see one another: each can be left out or replaced',
  })),
  {
    folder: 'generators/mocks',
    may: [
      'generators/source',
      'contract/model',
      'contract/source',
      'contract/diagnostics',
      'schema',
      'runtime/samples',
    ],
    because:
      'what is printed to draw samples is tried with what it will draw from, and with nothing else of the runtime',
  },
  {
    folder: 'generators/source',
    may: ['contract/model', 'contract/source', 'contract/diagnostics', 'schema'],
    because: 'what generators share knows none of them',
  },
  {
    folder: 'generators/golden',
    may: ['runtime'],
    because: 'goldens are generated code, and generated code stands on the runtime alone',
  },
  {
    folder: 'generators',
    may: ['contract/model', 'contract/source', 'contract/diagnostics', 'schema'],
    because: 'generators are functions of the model; they print imports of the runtime, they never take them',
  },
  {
    folder: 'catalog',
    may: ['contract/model', 'contract/source', 'compat', 'schema'],
    because: 'the site shows the model and its changes, however they came about',
  },
  {
    folder: 'cli',
    may: ['schema', 'contract', 'compat', 'generators', 'catalog', 'mock', 'runtime'],
    because:
      'the command joins the pieces, and operates what the runtime keeps; nothing of it is needed at run time',
  },
  {
    folder: 'mock',
    may: ['contract/model', 'contract/source', 'contract/diagnostics', 'schema', 'runtime'],
    because: 'a mocked service reads the model and speaks through the runtime; no code is generated for it',
  },
  {
    folder: 'runtime',
    may: [],
    because: 'services install the runtime alone; contracts are compiled into generated code',
  },
  {
    folder: 'conformance',
    may: ['runtime'],
    because: 'an adapter outside this repository runs the suites with the runtime that it has installed',
  },
  {
    folder: 'generated',
    may: ['runtime'],
    because: 'generated code is the bridge: it stands on the runtime and on nothing else',
  },
  ...['loyalty', 'learning-platform', 'shop', 'ticketing', 'checkout'].map((name) => ({
    folder: `domains/${name}`,
    may: ['generated', 'runtime', 'domains/shared'],
    because: 'domains meet as events, never as code',
  })),
  {
    folder: 'domains/shared',
    may: ['runtime'],
    because: 'what the domains share knows none of them',
  },
];

interface Import {
  readonly file: string;
  readonly to: string;
}

/** Tests may look at more: they read contracts, generate code and run it. */
const files = trackedFiles().filter((file) => !/(\.(test|test-d)|\/fixture)\.ts$/.test(file));
const packages = packageFolders();
const imports: readonly Import[] = files.flatMap((file) => importsOf(file).flatMap((to) => ({ file, to })));

describe('import law', () => {
  it.each(LAWS.map((law) => [law.folder, law] as const))('%s', (_, law) => {
    const broken = imports.filter(({ file, to }) => lawOf(file) === law && !isAllowed(law, to));
    expect(broken.map(({ file, to }) => `${file} imports ${to}, but ${law.because}`)).toEqual([]);
  });

  it('has no circles, types included', () => {
    expect(circles(imports)).toEqual([]);
  });

  it('has no circles of rooms in the cli: each room is read with those below it alone', () => {
    const roomOf = (file: string) => posix.dirname(file);
    const between = imports
      .filter(({ file, to }) => [file, to].every((it) => it.startsWith('cli/') && it.endsWith('.ts')))
      .map(({ file, to }) => ({ file: roomOf(file), to: roomOf(to) }))
      .filter(({ file, to }) => file !== to && to !== 'cli');
    expect(circles(between)).toEqual([]);
  });
});

describe('the size of rooms', () => {
  /** A room that holds more is a house of its own, and wants walls. */
  const MOST = 0.3;

  it('lets none hold 30 % of the code', () => {
    const written = files.filter((file) => !/^generated\/|\/(golden|fixtures)\//.test(file));
    const sizes = new Map<string, number>();
    for (const file of written) {
      const room = file.includes('/') ? (file.split('/')[0] ?? '') : '';
      const lines = readFileSync(file, 'utf8').split('\n').length;
      sizes.set(room, (sizes.get(room) ?? 0) + lines);
    }
    const all = [...sizes.values()].reduce((sum, it) => sum + it, 0);
    const large = [...sizes].filter(([, lines]) => lines > MOST * all);
    expect(large.map(([room, lines]) => `${room} holds ${Math.round((100 * lines) / all)} %`)).toEqual([]);
    expect(sizes.size).toBeGreaterThan(10);
  });
});

function lawOf(file: string): Law | undefined {
  const laws = LAWS.filter(({ folder }) => file.startsWith(`${folder}/`));
  return laws.toSorted((a, b) => b.folder.length - a.folder.length)[0];
}

function isAllowed(law: Law, to: string): boolean {
  return [law.folder, ...law.may].some((folder) => to === folder || to.startsWith(`${folder}/`));
}

/** What a file of ours imports, as paths from the root: files, or folders where a package's face is meant. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const specifiers = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*'([^']+)'|\b(?:import|require)\(\s*'([^']+)'\s*\)/g,
    ),
  ];
  return specifiers.flatMap(([, plain, dynamic]) => targetOf(file, plain ?? dynamic ?? '') ?? []);
}

function targetOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
  const name = specifier.startsWith('@')
    ? specifier.split('/').slice(0, 2).join('/')
    : specifier.split('/')[0];
  const found = packages.get(name ?? '');
  if (!found) return undefined;
  const entry = found.exports[`.${specifier.slice(name?.length)}`];
  return posix.join(found.folder, entry ?? specifier.slice((name?.length ?? 0) + 1));
}

function packageFolders(): Map<string, { folder: string; exports: Record<string, string> }> {
  const root = JSON.parse(readFileSync('package.json', 'utf8')) as { workspaces: string[] };
  return new Map(
    root.workspaces.map((folder) => {
      const { name, exports = {} } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
      return [name, { folder, exports }];
    }),
  );
}

function trackedFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
    encoding: 'utf8',
  });
  return listed
    .split('\n')
    .filter((file) => file !== '' && !/^catalog\/(browser|eventcatalog\/site)\//.test(file));
}

function circles(arrows: readonly Import[]): string[] {
  const next = Map.groupBy(arrows, ({ file }) => file);
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (state.get(file) === 'open') found.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (state.has(file)) return;
    state.set(file, 'open');
    for (const { to } of next.get(file) ?? []) visit(to, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}
