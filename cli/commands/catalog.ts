import { relative, resolve } from 'node:path';
import {
  backstageOf,
  type Catalog,
  catalogOf,
  eventCatalogOf,
  type GeneratedFile,
  type PeoplePage,
  type Release,
  siteFiles,
  siteOf,
} from '@chirograph/catalog';
import type { Diagnostic } from '@chirograph/contract/diagnostics';
import type { LoadMemo } from '@chirograph/contract/load';
import type { Workspace } from '@chirograph/contract/model';
import { readApprovals, today } from '../approvals/approvals.ts';
import { codeOf } from '../catalog/code-of.ts';
import { serveCatalog } from '../catalog/dev-server.ts';
import { peoplePages } from '../catalog/people-pages.ts';
import { dayOf, openReleases } from '../catalog/releases.ts';
import { readSettings, type Settings } from '../config/read-config.ts';
import { CommandError, EXIT, type ExitCode } from '../exit.ts';
import type { Io } from '../terminal/io.ts';
import type { Values } from '../terminal/values.ts';
import { visible } from '../terminal/visible.ts';
import { count } from '../terminal/words.ts';
import { type Neighbourhood, openNeighbourhood } from '../workspace/open-neighbourhood.ts';
import { type Published, publish } from '../write/publish.ts';
import type { Run } from './command.ts';
import { watch } from './watch.ts';

/** `chirograph catalog`: the contracts as a site. */
export const run: Run = async ([action = ''], values, io) => {
  const settings = await readSettings(io.cwd, values.config);
  if (action === 'build') return build(settings, values, io);
  if (action === 'dev') return dev(settings, values, io);
  if (action === 'export') return exportTo(settings, values, io);
  throw new CommandError(`catalog has no action \`${action}\``, 'Try: chirograph catalog build');
};

/** Writes the site. Contracts with errors have no site: it would leave out what could not be read, without a word. */
async function build(settings: Settings, values: Values, io: Io): Promise<ExitCode> {
  const started = performance.now();
  const { workspace, errors, aside } = await openWhole(settings, values, io);
  if (errors.length > 0) return refuse(errors, workspace, values, io, started);
  tellAside(aside, io);
  if (workspace.services.length === 0) {
    throw new CommandError(
      `there are no contracts at ${settings.specs.join(', ')}`,
      'Begin one: chirograph init',
    );
  }
  const catalog = catalogFor(workspace, settings, values, await releasesFor(settings, values, io));
  const { out } = settings.catalog;
  const folder =
    values.out === undefined && out !== undefined
      ? resolve(settings.root, out)
      : resolve(io.cwd, String(values.out ?? 'public'));
  return written(siteFiles(catalog, pagesFor(settings, values, io)), folder, values, io, started);
}

/**
 * The contracts with their errors, and with those of neighbours that are none of ours: where one of their documents cannot
 * be read at all, who sends and receives what is not known.
 */
async function openWhole(
  settings: Settings,
  values: Values,
  io: Io,
  memo?: LoadMemo,
): Promise<Pick<Neighbourhood, 'workspace' | 'aside'> & { readonly errors: readonly Diagnostic[] }> {
  const { workspace, diagnostics, aside } = await openNeighbourhood(settings, values, io, memo);
  const isUnread = (it: Diagnostic) => it.code.startsWith('file/');
  return {
    workspace,
    errors: [...diagnostics.filter((it) => it.severity === 'error'), ...aside.filter(isUnread)],
    aside: aside.filter((it) => !isUnread(it)),
  };
}

/** What is wrong in a neighbour's contracts is not ours to fix, but what it hides is not shown. */
function tellAside(aside: readonly Diagnostic[], io: Io): void {
  for (const { at, message } of aside)
    io.err(`${visible(`${at.file}: ${message} It is a neighbour's; what rests on it is left out.`)}\n`);
}

/** Writes the content for another catalog, which builds its own site from it. */
async function exportTo(settings: Settings, values: Values, io: Io): Promise<ExitCode> {
  const started = performance.now();
  const format = String(values.format);
  if (format !== 'eventcatalog' && format !== 'backstage') {
    throw new CommandError(
      'export needs to know for whom',
      'Try: chirograph catalog export --format eventcatalog',
    );
  }
  const { workspace, errors, aside } = await openWhole(settings, values, io);
  if (errors.length > 0) return refuse(errors, workspace, values, io, started);
  tellAside(aside, io);
  const files = format === 'eventcatalog' ? eventCatalogOf(workspace) : backstageOf(workspace);
  return written(files, resolve(io.cwd, String(values.out ?? format)), values, io, started);
}

/** Serves the site from memory, and again after each change of a contract, until the command is ended. */
async function dev(settings: Settings, values: Values, io: Io): Promise<ExitCode> {
  const port = Number(values.port);
  if (!/^\d+$/.test(String(values.port)) || port > 65_535) {
    throw new CommandError(`--port wants a number from 0 to 65535, not ${values.port}`);
  }
  const { loadMemo } = await import('@chirograph/contract/load');
  const releases = await releasesFor(settings, values, io);
  const server = await serveCatalog(port);
  const memo = loadMemo();
  let isFirst = true;
  try {
    return await watch(settings, [], io, async () => {
      const started = performance.now();
      const { workspace, errors } = await openWhole(settings, values, io, memo);
      const catalog = catalogFor(workspace, settings, values, releases);
      server.show({
        files: siteOf(catalog, pagesFor(settings, values, io)),
        errors: errors.map(({ at, message }) => `${at.file}: ${message}`),
      });
      const { messages, services } = catalog.index;
      const counts = `${count(messages.length, 'message')}, ${count(services.length, 'service')}`;
      const wrong = errors.length > 0 ? `   ${count(errors.length, 'error')}: chirograph validate` : '';
      const seconds = ((performance.now() - started) / 1000).toFixed(2);
      io.out(`${isFirst ? server.url : 'changed'}   ${counts}   ${seconds} s${wrong}\n`);
      isFirst = false;
      return errors.length > 0 ? EXIT.findings : EXIT.clean;
    });
  } finally {
    server.close();
  }
}

function written(
  files: Iterable<GeneratedFile>,
  out: string,
  values: Values,
  io: Io,
  started: number,
): ExitCode {
  const published = publish(out, files);
  const folder = `${relative(io.cwd, out) || '.'}/`;
  if (published.foreign.length > 0) {
    const [first] = published.foreign;
    throw new CommandError(
      `${folder}${first}${published.foreign.length > 1 ? ` and ${published.foreign.length - 1} more` : ''} would be overwritten, but chirograph did not write it`,
      'Move it elsewhere, or choose another folder with --out.',
    );
  }
  io.out(report(published, folder, values, (performance.now() - started) / 1000));
  return EXIT.clean;
}

/** The releases that were named: in the option, else in the config. */
function releasesFor(settings: Settings, values: Values, io: Io): Promise<Release[]> {
  if (values.releases === undefined)
    return openReleases(settings, settings.catalog.releases ?? [], values, { ...io, cwd: settings.root });
  const names = String(values.releases)
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '');
  return openReleases(settings, names, values, io);
}

function pagesFor({ root, catalog }: Settings, values: Values, io: Io): PeoplePage[] {
  return values.pages === undefined
    ? peoplePages(root, root, catalog.pages)
    : peoplePages(root, io.cwd, values.pages);
}

function catalogFor(
  workspace: Workspace,
  settings: Settings,
  values: Values,
  releases: readonly Release[],
): Catalog {
  return catalogOf(workspace, {
    title: String(values.title ?? settings.catalog.title ?? 'Event catalog'),
    releases,
    // The day of the last commit, so that one state of the contracts is one site, whenever it is built.
    policy: {
      ...settings.compat,
      approvals: readApprovals(settings),
      today: dayOf(settings.root, 'HEAD') ?? today(),
    },
    codeOf: codeOf(workspace, settings),
  });
}

function report(
  { files, bytes, written, removed }: Published,
  folder: string,
  values: Values,
  seconds: number,
): string {
  if (values.format === 'json') {
    return `${JSON.stringify({ folder, files, bytes, written, removed, seconds: Number(seconds.toFixed(3)) }, null, 2)}\n`;
  }
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  const changed =
    written + removed === 0
      ? 'nothing changed'
      : `${written} written${removed > 0 ? `, ${removed} removed` : ''}`;
  return `${folder}   ${count(files, 'file')}, ${size}, ${changed}   ${seconds.toFixed(1)} s\n`;
}

async function refuse(
  diagnostics: readonly Diagnostic[],
  { sources }: Workspace,
  { format }: Values,
  io: Io,
  started: number,
): Promise<ExitCode> {
  const { reporterFor } = await import('../report/reporters.ts');
  const seconds = (performance.now() - started) / 1000;
  io.out(reporterFor(format)({ diagnostics, sources, seconds, color: io.color }));
  io.err('No catalog was written: the contracts have errors.\n');
  return EXIT.findings;
}
