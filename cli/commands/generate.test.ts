import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';
import { applyPlan } from '../write/apply.ts';
import { planFor } from '../write/plan.ts';

const FIXTURE = join(import.meta.dirname, '../../generators/fixtures/orders');
const REPO = join(import.meta.dirname, '../..');

describe('chirograph generate', { timeout: 60_000 }, () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'chirograph-generate-'));
    cpSync(FIXTURE, join(root, 'specs/orders'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const contract = () => join(root, 'specs/orders/orders.asyncapi.yaml');
  const edit = (from: string, to: string) => {
    const text = readFileSync(contract(), 'utf8');
    expect(text).toContain(from);
    writeFileSync(contract(), text.replaceAll(from, to));
  };
  const output = () => snapshot(join(root, 'generated'));

  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const io = memoryIo(root);
    const code = await main(['generate', ...args], io);
    return { code, out: io.printed(), err: io.said() };
  }

  it('writes what is missing, then nothing, and says so', async () => {
    expect(await run()).toMatchObject({ code: 0, err: '' });
    const first = output();
    expect(Object.keys(first)).toContain('orders/types.ts');
    expect((await run()).out).toMatch(/^up to date: \d+ files in generated/);
    expect(output()).toEqual(first);
  });

  it('gives the same bytes with and without its cache, after any change', async () => {
    await run();
    edit('minLength: 1', 'minLength: 2');
    await run();
    const remembered = output();
    rmSync(join(root, 'generated'), { recursive: true });
    await run('--no-cache');
    expect(output()).toEqual(remembered);
  });

  it('gives them too when what it remembers is damaged', async () => {
    await run();
    const cache = join(root, '.chirograph/cache');
    for (const name of readdirSync(cache)) {
      const kept = readFileSync(join(cache, name));
      edit('minLength: 1', 'minLength: 2');
      writeFileSync(join(cache, name), kept.subarray(0, kept.length - 40));
      expect(await run()).toMatchObject({ code: 0, err: '' });
      edit('minLength: 2', 'minLength: 1');
      expect((await run()).code).toBe(0);
    }
    const remembered = output();
    rmSync(join(root, 'generated'), { recursive: true });
    await run('--no-cache');
    expect(output()).toEqual(remembered);
  });

  it('notices that an output was edited or lost, though no contract changed', async () => {
    await run();
    const before = output();
    writeFileSync(join(root, 'generated/orders/types.ts'), 'export {};\n');
    rmSync(join(root, 'generated/orders/messages.ts'));
    expect(await run('--check')).toMatchObject({ code: 1 });
    await run();
    expect(output()).toEqual(before);
  });

  it('checks without writing, with a short diff', async () => {
    await run();
    const before = output();
    edit('quantity: { type: integer, minimum: 1, maximum: 99 }', 'quantity: { type: string }');
    const { code, out } = await run('--check');
    expect(code).toBe(1);
    expect(out).toContain('stale     generated/orders/types.ts');
    expect(out).toContain('-   readonly quantity: number;');
    expect(out).toContain('+   readonly quantity: string;');
    // Two places of a file have changed; what stands between them has not.
    expect(out).not.toContain('validateCancelOrder');
    expect(output()).toEqual(before);
  });

  it('counts what it wrote, and what it removed beside', async () => {
    await run();
    writeFileSync(join(root, 'chirograph.config.mjs'), "export default { layout: 'service' };\n");
    const checked = await run('--check');
    expect(checked.out).toMatch(/^\d+ files of \d+ not as the contracts say, \d+ left over\. Run: /m);
    const { out } = await run();
    const [, written, all] = /^changed (\d+) of (\d+) files, removed \d+ /m.exec(out) ?? [];
    expect(Number(written)).toBeGreaterThan(0);
    expect(Number(written)).toBeLessThanOrEqual(Number(all));
  });

  it('removes what no contract asks for, and leaves what is not its own', async () => {
    await run();
    writeFileSync(join(root, 'generated/orders/notes.md'), 'mine\n');
    edit('action: receive', 'action: send');
    await run();
    expect(existsSync(join(root, 'generated/orders/consumers'))).toBe(false);
    expect(readFileSync(join(root, 'generated/orders/notes.md'), 'utf8')).toBe('mine\n');
  });

  it('refuses to write over a file of somebody else', async () => {
    mkdirSync(join(root, 'generated/orders'), { recursive: true });
    writeFileSync(join(root, 'generated/orders/types.ts'), 'mine\n');
    const { code, err } = await run();
    expect(code).toBe(2);
    expect(err).toContain('generated/orders/types.ts would be overwritten');
    expect(output()).toEqual({ 'orders/types.ts': 'mine\n' });
  });

  it('refuses what stands where a folder or a file of its own has to be', async () => {
    await run();
    rmSync(join(root, 'generated/orders/fakes'), { recursive: true });
    writeFileSync(join(root, 'generated/orders/fakes'), 'mine\n');
    rmSync(join(root, 'generated/orders/types.ts'));
    mkdirSync(join(root, 'generated/orders/types.ts'));
    writeFileSync(join(root, 'generated/orders/types.ts/mine.txt'), 'mine\n');
    const before = output();
    const { code, err } = await run();
    expect(code).toBe(2);
    expect(err).toContain('generated/orders/fakes, generated/orders/types.ts would be overwritten');
    expect(output()).toEqual(before);
  });

  it('puts everything back when a file cannot be moved into place', async () => {
    await run();
    const before = output();
    const folder = join(root, 'generated');
    const types = { path: 'orders/types.ts', text: 'export {};\n' };
    const plan = planFor(folder, [types, { path: 'zebra/types.ts', text: '' }]);
    // What comes in the way after it was looked at: by the time that is found out, others have been moved.
    writeFileSync(join(folder, 'zebra'), 'mine\n');
    expect(() => applyPlan(folder, plan)).toThrow();
    expect(output()).toEqual({ ...before, zebra: 'mine\n' });
    expect(readdirSync(folder).sort()).toEqual(['.chirograph-files', 'orders', 'zebra']);
  });

  it('never removes what is outside, whatever its list of files says', async () => {
    await run();
    writeFileSync(join(root, 'precious.txt'), 'mine\n');
    const manifest = join(root, 'generated/.chirograph-files');
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(
      manifest,
      `${text}../precious.txt\norders/../../precious.txt\n${join(root, 'precious.txt')}\n`,
    );
    edit('minLength: 1', 'minLength: 2');
    expect(await run('--no-cache')).toMatchObject({ code: 0 });
    expect(readFileSync(join(root, 'precious.txt'), 'utf8')).toBe('mine\n');
    expect(readFileSync(manifest, 'utf8')).toBe(text);
  });

  it('writes nothing at all when it checks, and does without a cache that cannot be written', async () => {
    expect(await run('--check')).toMatchObject({ code: 1 });
    expect(readdirSync(root)).toEqual(['specs']);
    writeFileSync(join(root, '.chirograph'), 'in the way');
    expect(await run()).toMatchObject({ code: 0, err: '' });
    expect(await run('--check')).toMatchObject({ code: 0, err: '' });
  });

  it('says in words what the disk refuses, with another exit code than findings', async () => {
    writeFileSync(join(root, 'generated'), 'mine\n');
    const { code, err } = await run();
    expect(code).toBe(2);
    expect(err).toBe(`error: cannot mkdir ${join(root, 'generated')}: file already exists\n`);
  });

  it.each([
    ["() => { throw new Error('no luck'); }", 'failed for orders: no luck'],
    ['() => undefined', 'failed for orders: it gives no list of files'],
    ["() => [{ path: 'a.ts', text: 1 }]", 'failed for orders: it gives a file without `path` and `text`'],
    ["() => [{ path: '../a.ts', text: '' }]", 'it writes `../a.ts`, which leads out of the output folder'],
    [
      "() => [{ path: 'orders/types.ts', text: '' }]",
      'it writes orders/types.ts, as the generator `types` does',
    ],
  ])('names the generator that does wrong: %s', async (generate, said) => {
    const generators = `['types', { name: 'mine', generate: ${generate} }]`;
    writeFileSync(join(root, 'chirograph.config.mjs'), `export default { generators: ${generators} };\n`);
    const { code, err } = await run();
    expect(code).toBe(2);
    expect(err).toContain('the generator `mine`');
    expect(err).toContain(said);
    expect(existsSync(join(root, 'generated'))).toBe(false);
  });

  it.each([
    ["generators: ['types', 'types']", 'the generator `types` is in `generators` twice'],
    ["generators: [{ name: 'types', generate: () => [] }]", 'a generator of yours is called `types`'],
    ['generators: [{ generate: () => [] }]', '`generators` must be an array of generators'],
    ["generators: ['consumers']", 'Add types, messages, validators, upcasters to `generators`'],
    ["output: '/tmp/generated'", '`output` must be a path relative to the folder of the config'],
  ])('refuses a config with %s', async (config, said) => {
    writeFileSync(join(root, 'chirograph.config.mjs'), `export default { ${config} };\n`);
    const { code, err } = await run();
    expect(code).toBe(2);
    expect(err).toContain(said);
  });

  it('writes nothing when a contract is wrong', async () => {
    await run();
    const before = output();
    edit("$ref: '#/components/schemas/Category'", "$ref: '#/components/schemas/Catgory'");
    expect(await run()).toMatchObject({ code: 1 });
    expect(output()).toEqual(before);
  });

  it('says of which messages there are no samples, and where they stand', async () => {
    const payload = "{ type: string, pattern: '^(.)\\1$' }";
    const document = [
      'asyncapi: 3.0.0',
      'info: { title: Echo, version: 1.0.0 }',
      `channels: { c: { address: c, messages: { Echoed: { payload: ${payload} } } } }`,
      "operations: { echo: { action: send, channel: { $ref: '#/channels/c' } } }",
    ];
    mkdirSync(join(root, 'specs/echo'));
    writeFileSync(join(root, 'specs/echo/echo.asyncapi.yaml'), document.join('\n'));
    const { code, err } = await run();
    expect(code).toBe(0);
    expect(err).toMatch(
      /^note {2}specs\/echo\/echo\.asyncapi\.yaml:3:\d+ {2}`Echoed` 1\.0 has no samples: .+ Write an example of the message\.$/m,
    );
    // The next run, for which nothing has changed, says it as well.
    expect((await run()).err).toBe(err);
  });

  it('says what came of it in one JSON document, errors or none', async () => {
    const { out } = await run('--format', 'json');
    const done = JSON.parse(out);
    expect(done).toEqual({
      diagnostics: [],
      changes: expect.any(Array),
      unchanged: 0,
      seconds: expect.any(Number),
    });
    expect(done.changes[0]).toEqual({ kind: 'create', path: expect.stringMatching(/^generated\/orders\//) });
    edit("$ref: '#/components/schemas/Category'", "$ref: '#/components/schemas/Catgory'");
    const failed = JSON.parse((await run('--format', 'json')).out);
    expect(Object.keys(failed)).toEqual(Object.keys(done));
    expect(failed.changes).toEqual([]);
    expect(failed.diagnostics[0]).toMatchObject({ severity: 'error', at: { line: expect.any(Number) } });
  });

  it('refuses settings for a domain that is not there', async () => {
    writeFileSync(
      join(root, 'chirograph.config.mjs'),
      "export default { domains: { order: { dates: 'Date' } } };\n",
    );
    const { code, err } = await run();
    expect(code).toBe(2);
    expect(err).toContain('there is no domain `order`; did you mean `orders`?');
  });

  it('survives a manifest with the marks of a merge', async () => {
    await run();
    const file = join(root, 'generated/.chirograph-files');
    writeFileSync(
      file,
      `<<<<<<< ours\n${readFileSync(file, 'utf8')}=======\norders/left-over.ts\n>>>>>>> theirs\n`,
    );
    writeFileSync(join(root, 'generated/orders/left-over.ts'), 'export {};\n');
    await run('--no-cache');
    expect(existsSync(join(root, 'generated/orders/left-over.ts'))).toBe(false);
    expect(readFileSync(file, 'utf8')).not.toContain('<<<<<<<');
  });

  it('generates what the config chooses, with a generator of its own', async () => {
    linkPackages();
    cpSync(join(import.meta.dirname, '../generate/fixtures/event-list.ts'), join(root, 'event-list.ts'));
    writeFileSync(
      join(root, 'chirograph.config.ts'),
      [
        "import { defineConfig } from 'chirograph';",
        "import { eventList } from './event-list.ts';",
        "export default defineConfig({ generators: ['types', 'schemas', 'cloudevents', eventList] });",
        '',
      ].join('\n'),
    );
    await run();
    const files = output();
    expect(Object.keys(files)).toEqual([
      'orders/cloudevents.json',
      'orders/event-list.ts',
      'orders/schemas/CancelOrder.schema.json',
      'orders/schemas/OrderPlaced.schema.json',
      'orders/schemas/OrderPlacedV1.schema.json',
      'orders/types.ts',
    ]);
    expect(files['orders/event-list.ts']).toContain("'orders.placed 2.0': OrderPlaced;");
  });

  it('documents that very generator', () => {
    const example = readFileSync(join(import.meta.dirname, '../generate/fixtures/event-list.ts'), 'utf8');
    expect(readFileSync(join(REPO, 'docs/plugins.md'), 'utf8')).toContain(`\`\`\`ts\n${example}\`\`\``);
    expect(readFileSync(join(REPO, 'examples/generator-plugin/event-list.ts'), 'utf8')).toBe(example);
    expect(example.split('\n').length).toBeLessThan(60);
  });

  it('says which generators belong together', async () => {
    linkPackages();
    writeFileSync(
      join(root, 'chirograph.config.ts'),
      "export default { generators: ['types', 'producers'] };\n",
    );
    const { code, err } = await run();
    expect(code).toBe(2);
    expect(err).toContain('the generator `producers` needs the files of `messages` and `validators`');
  });

  it('refuses to watch and check at once', async () => {
    const err: string[] = [];
    const io = memoryIo(root);
    expect(
      await main(['generate', '--watch', '--check'], { ...io, err: (text) => void err.push(text) }),
    ).toBe(2);
    expect(err.join('')).toMatch(/`--watch` and `--check` exclude each other/);
  });

  it('watches, and generates when a contract changes', async () => {
    const stop = new AbortController();
    const seen: string[] = [];
    let wake = (): void => {};
    const said = async (pattern: RegExp) => {
      while (!seen.some((it) => pattern.test(it))) await new Promise<void>((resolve) => (wake = resolve));
    };
    const out = (text: string) => {
      seen.push(text);
      wake();
    };
    const watching = main(['generate', '--watch'], memoryIo(root, { signal: stop.signal, out }));
    await said(/created {3}generated\/orders\/types\.ts/);
    // A watcher may need a moment before it sees anything: what it has missed is said again.
    const renamed = readFileSync(contract(), 'utf8').replaceAll('Category', 'Kategory');
    const nudge = setInterval(() => writeFileSync(contract(), renamed), 200);
    await said(/updated {3}generated\/orders\/types\.ts/);
    clearInterval(nudge);
    stop.abort();
    expect(await watching).toBe(0);
    expect(output()['orders/types.ts']).toContain('Kategory');
  });

  /** As an installed project would have them. */
  function linkPackages(): void {
    mkdirSync(join(root, 'node_modules/@chirograph'), { recursive: true });
    symlinkSync(join(REPO, 'cli'), join(root, 'node_modules/chirograph'));
    symlinkSync(join(REPO, 'generators'), join(root, 'node_modules/@chirograph/generators'));
  }
});

/** Every file below a folder that is not hidden, and its text. */
function snapshot(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (it) => it.isFile() && !it.name.startsWith('.'),
  );
  const paths = files.map((it) => join(it.parentPath, it.name).slice(folder.length + 1)).sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
