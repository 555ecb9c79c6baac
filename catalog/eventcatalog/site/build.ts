import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { GeneratedFile } from '@chirograph/catalog';
import { DIST, PROJECT, SITE } from './folders.ts';
import { run } from './run.ts';

/**
 * How a build ended. `kept`: the site of the same content was there already. `refused`: the hosts that the build wanted
 * to reach and was not let.
 */
export type Built =
  | { readonly kind: 'kept' }
  | { readonly kind: 'built'; readonly refused: readonly string[] }
  | { readonly kind: 'failed'; readonly output: string };

const QUIET = {
  ASTRO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  // Not read by the version that the site is built with, but by the ones after it.
  EVENTCATALOG_TELEMETRY_DISABLED: '1',
  NO_UPDATE_NOTIFIER: '1',
};

/** Written last; what it holds says what the site was built from. */
const STAMP = join(PROJECT, '.built');

/** Builds the static site from some content, unless it is that of the last build. Takes minutes and up to 4 GB. */
export async function build(files: readonly GeneratedFile[], say: (line: string) => void): Promise<Built> {
  const origin = originOf(files);
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === origin) return { kind: 'kept' };

  say('Building the site with EventCatalog. This takes minutes.');
  writeProject(files);
  const { code, output } = await run(
    process.execPath,
    [join(SITE, 'node_modules/.bin/eventcatalog'), 'build'],
    {
      cwd: PROJECT,
      env: {
        ...QUIET,
        PROJECT_DIR: PROJECT,
        NODE_OPTIONS: `--max-old-space-size=4096 --import=${pathToFileURL(join(SITE, 'offline.ts'))}`,
      },
    },
  );
  if (code !== 0 || !existsSync(join(DIST, 'index.html'))) return { kind: 'failed', output };

  addPublic(files);
  forgetAddress();
  writeFileSync(STAMP, origin);
  const hosts = [...output.matchAll(/^offline: refused (.+)$/gm)].flatMap(([, host]) => host ?? []);
  return { kind: 'built', refused: [...new Set(hosts)] };
}

/** Where the site will be nobody knows here, and EventCatalog writes an address into each page all the same. */
function forgetAddress(): void {
  const own =
    /<(?:link|meta)\b(?=[^>]*(?:rel="canonical"|property="og:url"|(?:name|property)="twitter:url"))[^>]*>/g;
  for (const file of readdirSync(DIST, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.html')) continue;
    const path = join(DIST, file);
    const text = readFileSync(path, 'utf8');
    const without = text.replace(own, '');
    if (without !== text) writeFileSync(path, without);
  }
}

/** EventCatalog leaves out of `public` what stands in a folder that is named like one of its own, such as `events`. */
function addPublic(files: readonly GeneratedFile[]): void {
  for (const { path, text } of files) {
    const target = join(DIST, path.slice('public/'.length));
    if (!path.startsWith('public/') || existsSync(target)) continue;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

/** Writes the project anew, so that nothing of an earlier run is left in it. */
function writeProject(files: readonly GeneratedFile[]): void {
  rmSync(PROJECT, { recursive: true, force: true });
  for (const { path, text } of files) {
    mkdirSync(dirname(join(PROJECT, path)), { recursive: true });
    writeFileSync(join(PROJECT, path), text);
  }
  // Astro asks package.json which packages it must compile itself.
  for (const name of ['package.json', 'eventcatalog.config.js', 'public']) {
    cpSync(join(SITE, name), join(PROJECT, name), { recursive: true });
  }
}

/** A digest of all that the site is built from: its content, its settings and EventCatalog itself. */
function originOf(files: readonly GeneratedFile[]): string {
  const hash = createHash('sha256').update(JSON.stringify(files));
  for (const name of ['package-lock.json', 'eventcatalog.config.js', 'public/logo.svg', 'build.ts']) {
    hash.update(readFileSync(join(SITE, name)));
  }
  return hash.digest('hex');
}
