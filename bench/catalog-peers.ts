import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install } from './installed.ts';
import { inTurns, type Run, ratioOf, runOnce, textOf } from './measure.ts';

/**
 * `chirograph catalog build` of this repository's contracts beside the site that EventCatalog makes of them, and beside
 * AsyncAPI's HTML template, which shows one document: whole processes, in turns, and what each leaves on disk. The memory
 * of EventCatalog is that of the process which starts it; go by its time.
 *
 *   node bench/catalog-peers.ts [rounds=1]
 *
 * The peers stand where the repository uses them: `npm run eventcatalog -- --build-only` installs EventCatalog (1.3 GB;
 * a build takes minutes), `npm ci --prefix interop/generator` the template. One that is not there is not measured.
 */

const REPO = join(import.meta.dirname, '..');
const ROUNDS = Number(process.argv[2] ?? 1);
const EVENTCATALOG = join(REPO, 'catalog/eventcatalog/site');
const TEMPLATE = join(REPO, 'interop/generator');
const DOCUMENT = join(REPO, 'specs/shop/order.asyncapi.yaml');

const folder = mkdtempSync(join(tmpdir(), 'chirograph-bench-'));
try {
  const command = install(folder);
  besideEventCatalog(command);
  besideTemplate(command);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function besideEventCatalog(command: string): void {
  if (!existsSync(join(EVENTCATALOG, 'node_modules'))) {
    console.log('EventCatalog is not measured: npm run eventcatalog -- --build-only');
    return;
  }
  const out = join(folder, 'site');
  const project = join(EVENTCATALOG, 'project');
  const [ours, theirs] = inTurns(
    ROUNDS,
    () => fresh(out, () => runOnce(command, ['catalog', 'build', '--out', out], REPO)),
    () => fresh(project, () => runOnce(join(EVENTCATALOG, 'main.ts'), ['--build-only'], REPO)),
  );
  say('all contracts: chirograph', ours, out);
  say('all contracts: EventCatalog', theirs, join(project, 'dist'), ours);
}

function besideTemplate(command: string): void {
  const cli = join(TEMPLATE, 'node_modules/@asyncapi/html-template');
  if (!existsSync(cli)) {
    console.log("AsyncAPI's HTML template is not measured: npm ci --prefix interop/generator");
    return;
  }
  const [site, page] = [join(folder, 'one'), join(folder, 'page')];
  const [ours, theirs] = inTurns(
    ROUNDS,
    () => fresh(site, () => runOnce(command, ['catalog', 'build', '--out', site], REPO)),
    () =>
      fresh(page, () =>
        runOnce(
          join(import.meta.dirname, 'catalog-peers/html-template.ts'),
          [TEMPLATE, DOCUMENT, page],
          TEMPLATE,
        ),
      ),
  );
  say('all contracts: chirograph', ours, site);
  say("one document: AsyncAPI's HTML template", theirs, page, ours);
}

function fresh(out: string, run: () => Run): Run {
  rmSync(out, { recursive: true, force: true });
  return run();
}

/** @param ours the run that this one is held against */
function say(title: string, run: Run | undefined, out: string, ours?: Run): void {
  if (!run) return;
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  const bytes = files.reduce((sum, it) => sum + statSync(join(it.parentPath, it.name)).size, 0);
  console.log(`${title.padEnd(40)} ${textOf(run)}   ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
  if (ours) console.log(`${''.padEnd(40)} ours: ${ratioOf(ours, run)}`);
}
