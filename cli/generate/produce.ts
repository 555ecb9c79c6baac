import { posix } from 'node:path';
import type { Workspace } from '@chirograph/contract/model';
import {
  contentOf,
  GENERATORS_BY_NAME,
  type Generator,
  generateScope,
  scopeOf,
} from '@chirograph/generators';
import type { Settings } from '../config/read-config.ts';
import type { WantedFile } from '../write/plan.ts';
import { type DomainRun, fileMemo, type LastRun } from './cache.ts';
import { chosenGenerators } from './chosen-generators.ts';
import { hashOf } from './fingerprint.ts';
import { stands } from './unchanged.ts';

/** What the output folder should hold. */
export interface Produced {
  readonly wanted: readonly WantedFile[];
  /** Files that stand there already: nothing that they depend on has changed since they were written. */
  readonly standing: readonly string[];
  readonly domains: Readonly<Record<string, DomainRun>>;
}

/** Generates the domains of a workspace, less those that the last run has left as they should be. */
export async function produce(
  workspace: Workspace,
  settings: Settings,
  setup: string,
  last: LastRun | undefined,
): Promise<Produced> {
  const parts: Produced[] = [];
  // One after the other: side by side they would be no faster, and all in memory at once.
  for (const { name } of workspace.domains) {
    parts.push(await produceDomain(workspace, name, settings, setup, last));
  }
  return {
    wanted: parts.flatMap((it) => it.wanted),
    standing: parts.flatMap((it) => it.standing),
    domains: Object.fromEntries(parts.flatMap((it) => Object.entries(it.domains))),
  };
}

async function produceDomain(
  workspace: Workspace,
  domain: string,
  settings: Settings,
  setup: string,
  last: LastRun | undefined,
): Promise<Produced> {
  const generators = chosenGenerators(settings, domain);
  const memo = fileMemo(settings.root, domain, setup);
  const options = {
    importExtension: settings.domains[domain]?.importExtension ?? settings.importExtension,
    toRoot: posix.relative(posix.join('/', settings.output, domain), '/'),
  };
  const scope = scopeOf(workspace, domain, options, memo);
  const key = isRemembered(generators)
    ? hashOf(setup, contentOf(scope), JSON.stringify(generators.map((it) => [it.name, it.version])))
    : undefined;
  const before = last?.domains[domain];
  if (before !== undefined && before.key === key && stands(settings, before)) {
    return { wanted: [], standing: Object.keys(before.outputs), domains: { [domain]: before } };
  }
  const wanted = await generateScope(scope, generators);
  memo.save();
  const outputs = Object.fromEntries(wanted.map(({ path, text }) => [path, hashOf(text)]));
  return { wanted, standing: [], domains: key === undefined ? {} : { [domain]: { key, outputs } } };
}

/** Whether all generators are ours, or say when they have changed. */
function isRemembered(generators: readonly Generator[]): boolean {
  return generators.every((it) => it.version !== undefined || OURS.has(it));
}

const OURS: ReadonlySet<Generator> = new Set(Object.values(GENERATORS_BY_NAME));
