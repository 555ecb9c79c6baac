import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SitePage } from './site-page.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '../..');

/** The packages that are published. */
const PACKAGES = ['cli', 'runtime', 'schema'] as const;

/** One entry of a package: how it is imported, and the file behind it. */
interface Entry {
  readonly name: string;
  readonly file: string;
}

/** A page for each entry of each published package, made from the docstrings by TypeDoc. */
export function apiPages(): SitePage[] {
  const entries = PACKAGES.flatMap(entriesOf);
  const out = mkdtempSync(join(tmpdir(), 'chirograph-api-'));
  try {
    const files = entries.flatMap(({ file }) => ['--entryPoints', join(ROOT, file)]);
    execFileSync(
      process.execPath,
      [
        join(HERE, 'node_modules/typedoc/bin/typedoc'),
        ...['--plugin', 'typedoc-plugin-markdown', '--tsconfig', join(HERE, 'tsconfig.api.json')],
        ...files,
        ...['--out', out, '--router', 'module', '--readme', 'none', '--sort', 'alphabetical'],
        ...['--hideBreadcrumbs', '--hidePageHeader', '--disableSources', '--excludeInternal'],
        // The sources are checked by a newer compiler than TypeDoc's.
        ...['--skipErrorChecking', '--logLevel', 'Error'],
      ],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    const pages = entries.map(({ name, file }) => {
      const module = file.replace(/(\/index)?\.ts$/, '.md');
      const text = readFileSync(join(out, module), 'utf8').replace(/^# .*$/m, `# ${name}`);
      return { path: `api/${module}`, text };
    });
    return [listOf(entries), ...pages];
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function entriesOf(folder: string): Entry[] {
  const { name, exports } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as {
    name: string;
    exports: Readonly<Record<string, string>>;
  };
  return Object.entries(exports)
    .filter(([, file]) => file.endsWith('.ts'))
    .map(([path, file]) => ({ name: `${name}${path.slice(1)}`, file: join(folder, file) }));
}

function listOf(entries: readonly Entry[]): SitePage {
  const rows = entries.map(({ name, file }) => `- [\`${name}\`](${file.replace(/(\/index)?\.ts$/, '.md')})`);
  const text = ['# API', '', 'What the published packages export, from their docstrings.', '', ...rows, ''];
  return { path: 'api/index.md', text: text.join('\n') };
}
