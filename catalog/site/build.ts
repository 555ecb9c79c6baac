import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { GeneratedFile } from '@chirograph/catalog';
import { DIST, PROJECT, SITE } from './folders.ts';
import { run } from './run.ts';

/** How a build ended: the hosts that it wanted to reach and was not let, and what it printed. */
export interface Built {
  readonly ok: boolean;
  readonly refused: readonly string[];
  readonly output: string;
}

const QUIET = {
  ASTRO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  // Not read by the version that the site is built with, but by the ones after it.
  EVENTCATALOG_TELEMETRY_DISABLED: '1',
  NO_UPDATE_NOTIFIER: '1',
};

/** Writes the project anew and builds the static site from it (about a minute, up to 4 GB). */
export async function build(files: readonly GeneratedFile[]): Promise<Built> {
  rmSync(PROJECT, { recursive: true, force: true });
  for (const { path, text } of files) {
    mkdirSync(dirname(join(PROJECT, path)), { recursive: true });
    writeFileSync(join(PROJECT, path), text);
  }
  // Astro asks package.json which packages it must compile itself.
  for (const name of ['package.json', 'eventcatalog.config.js', 'public']) {
    cpSync(join(SITE, name), join(PROJECT, name), { recursive: true });
  }

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
  const refused = [...output.matchAll(/^offline: refused (.+)$/gm)].flatMap(([, host]) => host ?? []);
  return { ok: code === 0 && existsSync(join(DIST, 'index.html')), refused: [...new Set(refused)], output };
}
