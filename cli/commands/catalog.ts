import { relative, resolve } from 'node:path';
import { type Catalog, catalogOf, siteFiles } from '@chirograph/catalog';
import type { Diagnostic } from '@chirograph/contract/diagnostics';
import type { Workspace } from '@chirograph/contract/model';
import { readApprovals, today } from '../approvals/approvals.ts';
import { codeOf } from '../catalog/code-of.ts';
import { peoplePages } from '../catalog/people-pages.ts';
import { dayOf, openReleases } from '../catalog/releases.ts';
import { readSettings, type Settings } from '../config/read-config.ts';
import { EXIT, type ExitCode, Failure } from '../exit.ts';
import type { Io } from '../terminal/io.ts';
import type { Values } from '../terminal/values.ts';
import { count } from '../terminal/words.ts';
import { openWorkspace } from '../workspace/open-workspace.ts';
import { type Published, publish } from '../write/publish.ts';
import type { Run } from './command.ts';

/** `chirograph catalog`: the contracts as a site. */
export const run: Run = async ([action = ''], values, io) => {
  const settings = await readSettings(io.cwd, values.config);
  if (action === 'build') return build(settings, values, io);
  throw new Failure(`catalog has no action \`${action}\``, 'Try: chirograph catalog build');
};

/** Writes the site. Contracts with errors have no site: it would leave out what could not be read, without a word. */
async function build(settings: Settings, values: Values, io: Io): Promise<ExitCode> {
  const started = performance.now();
  const { workspace, diagnostics } = await openWorkspace(settings, values, io);
  const errors = diagnostics.filter((it) => it.severity === 'error');
  if (errors.length > 0) return refuse(errors, workspace, values, io, started);
  if (workspace.services.length === 0) {
    throw new Failure(`there are no contracts at ${settings.specs.join(', ')}`, 'Begin one: chirograph init');
  }
  const out = resolve(io.cwd, String(values.out));
  const catalog = await catalogFor(workspace, settings, values, io);
  const pages = peoplePages(settings.root, io.cwd, values.pages);
  const published = publish(out, siteFiles(catalog, pages));
  const folder = `${relative(io.cwd, out) || '.'}/`;
  if (published.foreign.length > 0) {
    const [first] = published.foreign;
    throw new Failure(
      `${folder}${first}${published.foreign.length > 1 ? ` and ${published.foreign.length - 1} more` : ''} would be overwritten, but chirograph did not write it`,
      'Move it elsewhere, or choose another folder: chirograph catalog build --out site',
    );
  }
  io.out(report(published, folder, values, (performance.now() - started) / 1000));
  return EXIT.clean;
}

async function catalogFor(
  workspace: Workspace,
  settings: Settings,
  values: Values,
  io: Io,
): Promise<Catalog> {
  const names = String(values.releases ?? '')
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '');
  const releases = await openReleases(settings, names, values, io);
  return catalogOf(workspace, {
    title: String(values.title),
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
