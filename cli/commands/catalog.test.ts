import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

const FIXTURE = join(import.meta.dirname, '../../generators/fixtures/orders');

describe('chirograph catalog build', { timeout: 60_000 }, () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'chirograph-catalog-'));
    cpSync(FIXTURE, join(root, 'specs/orders'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const contract = () => join(root, 'specs/orders/orders.asyncapi.yaml');
  const site = () => join(root, 'public');
  const page = (name: string) => readFileSync(join(site(), name), 'utf8');
  const edit = (from: string, to: string) => {
    const text = readFileSync(contract(), 'utf8');
    expect(text).toContain(from);
    writeFileSync(contract(), text.replaceAll(from, to));
  };

  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const io = memoryIo(root);
    const code = await main(['catalog', ...args], io);
    return { code, out: io.printed(), err: io.said() };
  }

  it('writes the site, then nothing, and leaves what is as it should be alone', async () => {
    expect(await run('build')).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^public\/ {3}\d+ files/),
    });
    const before = statSync(join(site(), 'index.html')).ino;
    expect((await run('build')).out).toContain('nothing changed');
    edit('Cancel what has not left the house.', 'Cancel what is still here.');
    const { out } = await run('build', '--format', 'json');
    const { files, written } = JSON.parse(out);
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(files / 2);
    expect(statSync(join(site(), 'index.html')).ino).toBe(before);
    expect(
      readdirSync(site()).filter((it) => it.startsWith('.chirograph-') && it !== '.chirograph-files'),
    ).toEqual([]);
  });

  it('removes the page of what is gone, and never what people put there', async () => {
    await run('build');
    writeFileSync(join(site(), 'CNAME'), 'events.example.com\n');
    const gone = readdirSync(join(site(), 'services'))[0] ?? '';
    rmSync(join(site(), 'services', gone));
    await run('build');
    expect(existsSync(join(site(), 'services', gone))).toBe(true);
    expect(page('CNAME')).toBe('events.example.com\n');
  });

  it('overwrites nothing that it did not write', async () => {
    await run('build', '--out', 'site');
    rmSync(join(root, 'site/.chirograph-files'));
    writeFileSync(join(root, 'site/index.html'), 'mine');
    const { code, err } = await run('build', '--out', 'site');
    expect(code).toBe(2);
    expect(err).toMatch(/site\/index\.html would be overwritten, but chirograph did not write it/);
    expect(readFileSync(join(root, 'site/index.html'), 'utf8')).toBe('mine');
  });

  it('writes nothing where contracts cannot be read', async () => {
    writeFileSync(contract(), 'asyncapi: 3.1.0\ninfo: [');
    const { code, err } = await run('build');
    expect(code).toBe(1);
    expect(err).toContain('No catalog was written');
    expect(existsSync(site())).toBe(false);
  });

  it('compares with an earlier state, and refuses one that is not there', async () => {
    cpSync(join(root, 'specs'), join(root, 'released/specs'), { recursive: true });
    edit('title: Orders', 'title: Orders of today');
    expect((await run('build', '--releases', 'released')).code).toBe(0);
    expect(page('changes.html')).toContain('released');
    const { code, err } = await run('build', '--releases', 'v9');
    expect([code, err]).toEqual([2, expect.stringContaining('v9')]);
  });

  it('shows a reader with its own copy of a message on the page of that message, in its own code', async () => {
    const copy = [
      'asyncapi: 2.6.0',
      'info: { title: Ledger, version: 1.0.0 }',
      'channels:',
      '  orders.placed:',
      '    publish:',
      '      operationId: onPlaced',
      "      message: { messageId: BookedOrder, name: orders.placed, x-contract: { version: '2.0' }, payload: { type: object } }",
    ];
    mkdirSync(join(root, 'specs/ledger'));
    writeFileSync(join(root, 'specs/ledger/ledger.asyncapi.yaml'), copy.join('\n'));
    expect((await run('build')).err).toBe('');
    const shown = page('messages/orders.placed@2.0.html');
    expect(shown).toContain('specs/ledger/ledger.asyncapi.yaml:7');
    expect(existsSync(join(site(), 'messages/ledger.orders.placed@2.0.html'))).toBe(false);
  });

  it('shows pages of people', async () => {
    expect((await run('build', '--pages', 'nowhere')).code).toBe(2);
    cpSync(join(import.meta.dirname, '../../docs/mock.md'), join(root, 'catalog-pages/mock.md'));
    await run('build');
    expect(page('pages/mock.html')).toContain('<main');
  });

  it('takes from the config what no option says', async () => {
    cpSync(join(root, 'specs'), join(root, 'released/specs'), { recursive: true });
    cpSync(join(import.meta.dirname, '../../docs/mock.md'), join(root, 'guides/mock.md'));
    const catalog = { title: 'Our events', out: 'site', pages: 'guides', releases: ['released'] };
    writeFileSync(join(root, 'chirograph.config.json'), JSON.stringify({ catalog }));
    edit('title: Orders', 'title: Orders of today');
    expect((await run('build')).out).toMatch(/^site\//);
    const shown = (name: string) => readFileSync(join(root, 'site', name), 'utf8');
    expect(shown('index.html')).toContain('Our events');
    expect(shown('pages/mock.html')).toContain('<main');
    expect(shown('changes.html')).toContain('released');
    expect((await run('build', '--out', 'public', '--title', 'Theirs')).code).toBe(0);
    expect(page('index.html')).toContain('Theirs');
    writeFileSync(join(root, 'chirograph.config.json'), JSON.stringify({ catalog: { titel: 'Our events' } }));
    expect(await run('build')).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean `title`?'),
    });
  });

  it('exports for other catalogs', async () => {
    expect((await run('export', '--format', 'eventcatalog', '--out', 'content')).code).toBe(0);
    expect(readdirSync(join(root, 'content'))).toContain('domains');
    expect((await run('export', '--format', 'backstage')).out).toMatch(/^backstage\/ {3}3 files,/);
    expect(await run('export')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--format eventcatalog'),
    });
  });

  it('serves what the contracts say now, tells open pages of changes, and ends', async () => {
    const ended = new AbortController();
    const io = memoryIo(root, { signal: ended.signal });
    const running = main(['catalog', 'dev', '--port', '0'], io);
    const url = await vi.waitFor(
      () => /http:\S+/.exec(io.printed())?.[0] ?? Promise.reject(new Error(io.said())),
      { timeout: 30_000 },
    );
    const address = `${url}/services/orders.orders.html`;
    expect(await (await fetch(address)).text()).toContain('<h1>Orders Service');
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    expect((await fetch(`${url}/..%2F..%2Fpackage.json`)).status).toBe(404);
    const events = (await fetch(`${url}/events`)).body!.pipeThrough(new TextDecoderStream()).getReader();
    await events.read();
    edit('title: Orders Service', 'title: <b>Orders</b>');
    expect((await events.read()).value).toBe('data: changed\n\n');
    expect(await (await fetch(address)).text()).toContain('<h1>&lt;b&gt;Orders&lt;/b&gt;');
    expect(existsSync(site())).toBe(false);
    writeFileSync(contract(), 'asyncapi: 3.1.0\ninfo: [');
    await events.read();
    expect(await (await fetch(url)).text()).toContain('The contracts have errors');
    await events.cancel();
    ended.abort();
    await running;
  });

  it('says what it can do', async () => {
    expect(await run('biuld')).toMatchObject({
      code: 2,
      err: expect.stringContaining('chirograph catalog build'),
    });
  });
});
