import type { Release } from '@chirograph/catalog';
import { runGit } from '@chirograph/contract/load';
import { openBase } from '../base/open-base.ts';
import type { Settings } from '../config/read-config.ts';
import { CommandError } from '../exit.ts';
import type { Io } from '../terminal/io.ts';
import type { Values } from '../terminal/values.ts';
import { isHole } from '../workspace/compare-with.ts';
import { neighbourhoodOf } from '../workspace/open-neighbourhood.ts';
import { openEstateOf } from '../workspace/open-workspace.ts';

/**
 * The releases that a catalog compares, the newest first: of git revisions with the day of their commit, which says their
 * order; folders and archives stay as they were named. Throws a CommandError where one cannot be read whole.
 */
export async function openReleases(
  settings: Settings,
  names: readonly string[],
  values: Values,
  io: Io,
): Promise<Release[]> {
  const releases: Release[] = [];
  for (const name of names) {
    const base = await openBase(settings, name, { from: io.cwd });
    if (base.reader.entries.length === 0) throw new CommandError(`there are no contracts in ${name}`);
    const { workspace, diagnostics } = neighbourhoodOf(
      settings,
      await openEstateOf(base, settings, values, io),
    );
    const hole = diagnostics.find(isHole);
    if (hole) throw new CommandError(`${name} cannot be read whole: ${hole.at.file}: ${hole.message}`);
    const date = dayOf(settings.root, name);
    releases.push({ name, ...(date !== undefined && { date }), workspace });
  }
  // Stable: what has no day stays where it was named.
  return releases.sort((a, b) => (a.date && b.date ? (a.date < b.date ? 1 : a.date > b.date ? -1 : 0) : 0));
}

/** The day of the commit that a name means; undefined where it means none. */
export function dayOf(root: string, name: string): string | undefined {
  const [revision = ''] = name.split(':');
  const args = ['log', '-1', '--format=%cs', '--end-of-options', revision];
  const { status, stdout } = runGit(root, args);
  const day = stdout?.toString('utf8').trim();
  return status === 0 && /^\d{4}-\d\d-\d\d$/.test(day) ? day : undefined;
}
