import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { run } from '../eventcatalog/site/run.ts';

export type { Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A Chromium without a window, with a profile of its own that goes when it closes. Installs Debian's where there is none
 * and this process may. Throws, saying what to do, when there is none in the end.
 */
export async function openBrowser(say: (line: string) => void): Promise<Browser> {
  const executablePath = find() ?? (await installed(say));
  if (executablePath === undefined) {
    throw new Error('The check needs Chromium on PATH (Debian: apt-get install chromium).');
  }
  return chromium.launch({ executablePath, args: FLAGS });
}

function find(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

async function installed(say: (line: string) => void): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !isExecutable('/usr/bin/apt-get')) return undefined;
  say('Installing Chromium with apt-get.');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { cwd: '/', env });
  const { code, output } = await run('apt-get', ['install', '-qy', '--no-install-recommends', 'chromium'], {
    cwd: '/',
    env,
  });
  if (code !== 0) throw new Error(`apt-get could not install Chromium:\n${output}`);
  return find();
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
