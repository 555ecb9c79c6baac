import { posix } from 'node:path';
import type { Workspace } from '@chirograph/contract/model';
import {
  AmbiguousDatesError,
  contentOf,
  type FileNote,
  GENERATORS_BY_NAME,
  type Generator,
  GeneratorError,
  generateScope,
  type OutputOptions,
  type Scope,
  scopesOf,
} from '@chirograph/generators';
import type { Settings } from '../config/read-config.ts';
import { CommandError } from '../exit.ts';
import type { WantedFile } from '../write/plan.ts';
import { type FileMemo, type FolderRun, fileMemo, type LastRun } from './cache.ts';
import { chosenGenerators } from './chosen-generators.ts';
import { hashOf } from './fingerprint.ts';
import { stands } from './unchanged.ts';

/** What the output folder should hold. */
export interface Produced {
  readonly wanted: readonly WantedFile[];
  /** Files that stand there already: nothing that they depend on has changed since they were written. */
  readonly standing: readonly string[];
  readonly folders: Readonly<Record<string, FolderRun>>;
  /** What could not be made. */
  readonly notes: readonly FileNote[];
  /** Whether every folder can be told to be unchanged. */
  readonly isComplete: boolean;
}

/**
 * Generates the domains of a workspace, less what the last run has left as it should be.
 * @param saves whether what the generators remember is kept for the next run
 */
export async function produce(
  workspace: Workspace,
  settings: Settings,
  setup: string,
  last: LastRun | undefined,
  saves: boolean,
): Promise<Produced> {
  const parts: Produced[] = [];
  // One after the other: side by side they would be no faster, and all in memory at once.
  for (const { name } of ownDomains(workspace)) {
    const generators = chosenGenerators(settings, name);
    const memos = new Map<string, FileMemo>();
    const memoOf = (folder: string) => {
      const memo = fileMemo(settings.root, folder, setup);
      memos.set(folder, memo);
      return memo;
    };
    for (const scope of scopesOf(workspace, name, outputOptions(settings, name), memoOf)) {
      parts.push(await produceScope(scope, generators, settings, setup, last));
      if (saves) memos.get(scope.folder)?.save();
    }
  }
  return {
    wanted: parts.flatMap((it) => it.wanted),
    standing: parts.flatMap((it) => it.standing),
    notes: parts.flatMap((it) => it.notes),
    folders: Object.fromEntries(parts.flatMap((it) => Object.entries(it.folders))),
    isComplete: parts.every((it) => it.isComplete),
  };
}

/** Code for a neighbour's services is made in the neighbour's repository. */
function ownDomains({ domains }: Workspace): Workspace['domains'] {
  return domains.filter((it) => it.neighbour === undefined);
}

export function outputOptions(settings: Settings, domain: string): OutputOptions {
  const own = settings.domains[domain];
  return {
    importExtension: own?.importExtension ?? settings.importExtension,
    layout: own?.layout ?? settings.layout,
    dates: own?.dates ?? settings.dates,
    ids: own?.ids ?? settings.ids,
    toRoot: posix.relative(posix.join('/', settings.output), '/'),
  };
}

async function produceScope(
  scope: Scope,
  generators: readonly Generator[],
  settings: Settings,
  setup: string,
  last: LastRun | undefined,
): Promise<Produced> {
  const { folder } = scope;
  const key = isRemembered(generators)
    ? hashOf(setup, contentOf(scope), JSON.stringify(generators.map((it) => [it.name, it.version])))
    : undefined;
  const before = last?.folders[folder];
  if (before !== undefined && before.key === key && stands(settings, before)) {
    const standing = Object.keys(before.outputs);
    const { notes = [] } = before;
    return { wanted: [], standing, notes, folders: { [folder]: before }, isComplete: true };
  }
  const wanted = await generateScope(scope, generators).catch((error: unknown) => explained(error, folder));
  const notes = wanted.flatMap((it) => it.notes ?? []);
  if (key === undefined) return { wanted, standing: [], notes, folders: {}, isComplete: false };
  const outputs = Object.fromEntries(wanted.map(({ path, text }) => [path, hashOf(text)]));
  const run: FolderRun = { key, outputs, ...(notes.length > 0 && { notes }) };
  return { wanted, standing: [], notes, folders: { [folder]: run }, isComplete: true };
}

function explained(error: unknown, folder: string): never {
  if (error instanceof AmbiguousDatesError) {
    throw new CommandError(
      `\`dates: 'Date'\` cannot be had here: ${error.message}`,
      'Leave `dates` out for this domain, or give the contract one kind of text in that place.',
    );
  }
  if (!(error instanceof GeneratorError) || error.cause instanceof CommandError)
    throw error instanceof GeneratorError ? error.cause : error;
  throw new CommandError(
    `the generator \`${error.generator}\` failed for ${folder}: ${error.message}`,
    traceOf(error),
  );
}

/** Where a generator threw, for its author. */
function traceOf({ cause }: GeneratorError): string {
  const frames =
    cause instanceof Error ? (cause.stack ?? '').split('\n').filter((it) => /^\s+at /.test(it)) : [];
  return ['Nothing was written.', ...frames.slice(0, 4)].join('\n');
}

/** Whether all generators are ours, or say when they have changed. */
function isRemembered(generators: readonly Generator[]): boolean {
  return generators.every((it) => it.version !== undefined || OURS.has(it));
}

const OURS: ReadonlySet<Generator> = new Set(Object.values(GENERATORS_BY_NAME));
