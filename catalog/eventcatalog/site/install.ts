import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SITE } from './folders.ts';
import { run } from './run.ts';

/**
 * Installs the site's packages unless exactly those of the lock file are there. Answers true when it installed.
 * Throws, with npm's words, when the installation fails.
 */
export async function install(say: (line: string) => void): Promise<boolean> {
  const lock = createHash('sha256')
    .update(readFileSync(join(SITE, 'package-lock.json')))
    .digest('hex');
  // Written last, so that an installation that was interrupted is done again.
  const stamp = join(SITE, 'node_modules', '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return false;

  say('Installing EventCatalog: about 1,450 packages and 1.3 GB, once. This takes minutes.');
  const npm = await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: SITE });
  if (npm.code !== 0) throw new Error(`npm ci failed in catalog/eventcatalog/site:\n${npm.output}`);
  writeFileSync(stamp, lock);
  return true;
}
