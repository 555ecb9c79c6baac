import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

const contract = (title: string, action: string, required: string) => `asyncapi: 3.0.0
info: { title: ${title}, version: 1.0.0 }
channels:
  placed:
    address: order.placed
    messages:
      OrderPlaced:
        name: order.placed
        summary: An order was placed.
        payload:
          type: object
          required: [${required}]
          properties: { id: { type: string }, total: { type: number } }
        examples: [{ payload: { id: a, total: 1 } }]
operations:
  ${action}Placed: { action: ${action}, channel: { $ref: '#/channels/placed' } }
`;
const OWN = 'specs/finance/billing.asyncapi.yaml';
const THEIRS = 'contracts/shop/orders.asyncapi.yaml';

const scratch = mkdtempSync(join(tmpdir(), 'chirograph-neighbours-'));
afterAll(() => rmSync(scratch, { recursive: true }), 60_000);

let folders = 0;
let own = '';
let theirs = '';

beforeEach(() => {
  folders += 1;
  own = join(scratch, `${folders}/billing`);
  theirs = join(scratch, `${folders}/orders`);
  write(own, OWN, contract('Billing', 'receive', 'id'));
  write(theirs, THEIRS, contract('Orders', 'send', 'id'));
  for (const it of [own, theirs]) {
    git(it, 'init', '--quiet', '--initial-branch=main');
    commit(it);
  }
});

const configure = (...neighbours: readonly object[]) =>
  write(own, 'chirograph.config.json', JSON.stringify({ neighbours }));
const repository = (more: object = {}) => ({ git: theirs, ref: 'main', path: 'contracts', ...more });

describe.each([
  ['a repository', () => repository(), 'neighbours/orders/contracts/shop/orders.asyncapi.yaml'],
  ['a folder', () => ({ from: 'vendor/orders' }), 'vendor/orders/contracts/shop/orders.asyncapi.yaml'],
])('a neighbour in %s', (kind, config, place) => {
  beforeEach(async () => {
    write(own, 'vendor/orders/contracts/shop/orders.asyncapi.yaml', contract('Orders', 'send', 'id'));
    configure(config());
    expect((await run('neighbours', '--update')).code).toBe(0);
    commit(own);
  });

  it('is known by list, why and validate, which say nothing of its own contracts', async () => {
    expect((await run('list')).out).toContain('orders (neighbour) -> billing');
    expect((await run('why', 'order.placed')).out).toContain(place);
    const { code, out } = await run('validate', '--format', 'json');
    expect(code).toBe(0);
    const { diagnostics } = JSON.parse(out) as {
      readonly diagnostics: readonly { readonly code: string; readonly at: { readonly file: string } }[];
    };
    expect(diagnostics.map((it) => it.at.file)).not.toContain(place);
    expect(diagnostics.map((it) => it.code)).not.toContain('message/no-sender');
  });

  it('is who a change affects, and no change of its own is told', async () => {
    write(own, OWN, contract('Billing', 'receive', 'id, total'));
    const { code, out } = await run('compat', '--against', 'HEAD');
    expect(code).toBe(1);
    expect(out).toContain(`orders   ${place}`);
    expect(await run('validate')).toMatchObject({
      code: 1,
      out: expect.stringContaining('reader-needs-more'),
    });
    commit(own);
    expect(await run('compat', '--against', 'HEAD')).toMatchObject({ code: 0 });
  });

  it('is what code is generated from, and none for it', async () => {
    const path = relative(join(own, 'specs/finance'), join(own, place));
    write(
      own,
      'specs/finance/ledger.asyncapi.yaml',
      `asyncapi: 3.0.0
info: { title: Ledger, version: 1.0.0 }
channels:
  placed: { address: order.placed, messages: { OrderPlaced: { $ref: '${path}#/channels/placed/messages/OrderPlaced' } } }
operations:
  onPlaced: { action: receive, channel: { $ref: '#/channels/placed' } }
`,
    );
    expect(await run('generate')).toMatchObject({ code: 0 });
    const files = readdirSync(join(own, 'generated'), { recursive: true }).map(String);
    expect(files.filter((it) => it.endsWith('.ts')).every((it) => it.startsWith('finance/'))).toBe(true);
    const read = (file: string) => readFileSync(join(own, 'generated/finance', file), 'utf8');
    expect(read('consumers/ledger.ts')).toContain('orderPlaced');
    expect(read('types.ts')).toContain(place);
    expect(files.filter((it) => it.includes('orders'))).toEqual([]);
    expect(await run('generate', '--check')).toMatchObject({ code: 0 });
  });

  it('that changed on disk is no ground for code', async () => {
    expect(await run('generate')).toMatchObject({ code: 0 });
    write(own, 'vendor/orders/contracts/shop/more.asyncapi.yaml', contract('More', 'send', 'id'));
    const { code, err } = await run('generate');
    expect([code, err.includes('is not what chirograph.lock pins')]).toEqual(
      kind === 'a folder' ? [2, true] : [0, false],
    );
  });

  it('can be played by a mock, and is not where nobody says so', async () => {
    const words = (line: string) => line.trim().split(/\s+/);
    const played = await runFor(1, 'mock', 'orders', '--port', '0', '--rate', 'order.placed=100/s');
    expect(played.out).toContain('orders/orders (mock)');
    expect(played.out.split('\n').map(words)).toContainEqual(['sends', 'order.placed']);
    expect(played.out).toMatch(/-> order\.placed/);
    const own = await runFor(0, 'mock', '--port', '0');
    expect(own.out).toContain('finance/billing (mock)');
    expect(own.out).not.toContain('orders/orders');
  });

  it('is in the catalog as a neighbour that nobody here answers for', async () => {
    const owned = contract('Orders', 'send', 'id').replace(
      '1.0.0 }',
      '1.0.0, contact: { name: Order Crew } }',
    );
    write(own, place, owned);
    write(theirs, THEIRS, owned);
    commit(theirs);
    await run('neighbours', '--update');
    expect(await run('catalog', 'build')).toMatchObject({ code: 0 });
    const read = (file: string) => readFileSync(join(own, 'public', file), 'utf8');
    const { services, owners, messages, domains } = JSON.parse(read('catalog.json')) as Record<
      'services' | 'owners' | 'messages' | 'domains',
      readonly { readonly id: string; readonly title: string; readonly neighbour?: string }[]
    >;
    expect(services.map(({ id, title, neighbour }) => [id, title, neighbour])).toEqual(
      expect.arrayContaining([
        ['services/finance.billing', 'Billing', undefined],
        ['services/orders.orders', 'Orders (neighbour)', 'orders'],
      ]),
    );
    expect(domains.find((it) => it.neighbour === undefined)?.title).toBe('Finance');
    expect(owners).toEqual([]);
    expect(messages.map(({ id, neighbour }) => [id, neighbour])).toEqual([
      ['messages/orders.order.placed@1.0', 'orders'],
    ]);
    expect(read('messages/orders.order.placed@1.0.md')).toContain('Of the neighbour **orders**');
    expect(read('services/finance.billing.md')).toContain('[Orders (neighbour)]');
  });

  it('is who reads what is sent here, in the catalog too', async () => {
    write(own, OWN, contract('Billing', 'send', 'id'));
    write(own, place, contract('Orders', 'receive', 'id'));
    write(theirs, THEIRS, contract('Orders', 'receive', 'id'));
    commit(theirs);
    await run('neighbours', '--update');
    expect(await run('catalog', 'build')).toMatchObject({ code: 0 });
    const page = readFileSync(join(own, 'public/messages/finance.order.placed@1.0.md'), 'utf8');
    expect(page).toMatch(/Who receives it[\s\S]*\[Orders \(neighbour\)\]/);
    expect(page).not.toContain('Of the neighbour');
    expect(page).toContain('npx chirograph mock orders/orders');
    expect(page).not.toContain('generated/orders');
  });

  it('that is not pinned is an error, in every format', async () => {
    rmSync(join(own, 'chirograph.lock'));
    const commands = [
      ['list'],
      ['why', 'order.placed'],
      ['validate'],
      ['neighbours'],
      ['generate'],
      ['catalog', 'build'],
      ['mock', 'orders'],
    ];
    for (const line of commands) {
      const { code, out, err } = await run(...line);
      expect([line, code]).toEqual([line, 2]);
      expect(out + err).toContain('is not pinned in chirograph.lock');
    }
    for (const format of ['json', 'markdown', 'github', 'junit', 'sarif', 'gitlab']) {
      const { code, out } = await run('compat', '--against', 'HEAD', '--format', format);
      expect([format, code]).toEqual([format, 2]);
      expect(out).toContain('not pinned');
    }
  });

  it('whose contracts change counts once that is pinned', async () => {
    const [root, file] = kind === 'a folder' ? [own, place] : [theirs, THEIRS];
    write(root, file, contract('Orders', 'send', ''));
    if (kind === 'a repository') commit(theirs);
    const { code, err } = await run('compat', '--against', 'HEAD');
    // A repository is read as it was pinned; a folder is what it is.
    expect([code, err.includes('is not what chirograph.lock pins')]).toEqual(
      kind === 'a folder' ? [2, true] : [0, false],
    );
    const updated = await run('neighbours', '--update');
    expect(updated.out).toMatch(/^chirograph\.lock: changed /);
    expect(await run('validate')).toMatchObject({
      code: 1,
      out: expect.stringContaining('reader-needs-more'),
    });
  });

  it('that the config names no longer leaves the lock', async () => {
    const other = kind === 'a folder' ? repository() : { from: 'vendor/orders' };
    configure(other);
    const { out } = await run('neighbours', '--update');
    expect(out).toMatch(/removed .*\n?.*added|added .*\n?.*removed/s);
  });
});

describe('a repository', () => {
  beforeEach(async () => {
    configure(repository());
    await run('neighbours', '--update');
  });

  it('that was fetched is not asked again', async () => {
    renameSync(theirs, `${theirs}.gone`);
    expect(await run('list')).toMatchObject({ code: 0, out: expect.stringContaining('orders (neighbour)') });
    expect((await run('neighbours')).out).toContain('pinned, 1 file');
  });

  it('that was not fetched here is fetched as it was pinned', async () => {
    write(theirs, THEIRS, contract('Orders', 'send', ''));
    commit(theirs);
    rmSync(join(own, '.chirograph'), { recursive: true });
    expect(await run('validate')).toMatchObject({ code: 0 });
  });

  it('that is not there is an error', async () => {
    renameSync(theirs, `${theirs}.gone`);
    rmSync(join(own, '.chirograph'), { recursive: true });
    const { code, err } = await run('compat', '--against', 'HEAD');
    expect(code).toBe(2);
    expect(err).toContain('the neighbour orders cannot be read');
    const before = readFileSync(join(own, 'chirograph.lock'), 'utf8');
    expect(await run('neighbours', '--update')).toMatchObject({ code: 2 });
    expect(readFileSync(join(own, 'chirograph.lock'), 'utf8')).toBe(before);
  });

  it('of which somebody has changed the copy is fetched again', async () => {
    const lock = JSON.parse(readFileSync(join(own, 'chirograph.lock'), 'utf8')) as {
      readonly neighbours: Readonly<Record<string, { readonly integrity: string }>>;
    };
    const [pinned] = Object.values(lock.neighbours);
    const folder = Buffer.from(pinned?.integrity.slice(7) ?? '', 'base64').toString('hex');
    write(join(own, '.chirograph/cache/neighbours', folder), THEIRS, contract('Orders', 'send', ''));
    expect(await run('validate')).toMatchObject({ code: 0 });
  });
});

describe('a config', () => {
  it.each([
    [{ git: '-u', ref: 'main' }, 'the URL of a repository'],
    [{ git: 'ext::sh -c touch% /tmp/x', ref: 'main' }, 'the URL of a repository'],
    [{ git: 'https://example.com/a.git', ref: '--upload-pack=x' }, 'a branch, a tag or a commit'],
    [{ git: 'https://example.com/a.git', path: '../x' }, 'a path in the repository'],
    [{ form: 'vendor' }, 'did you mean `from`'],
    [{ name: 'x' }, 'a folder or a repository'],
    [{ from: 'vendor', ref: 'main' }, 'this is a folder'],
  ])('is refused where it says %j', async (neighbour, told) => {
    configure(neighbour);
    expect(await run('list')).toMatchObject({ code: 2, err: expect.stringContaining(told) });
  });

  it('is refused where two neighbours have one name', async () => {
    configure(repository(), { from: 'vendor/orders' });
    expect(await run('list')).toMatchObject({ code: 2, err: expect.stringContaining('two neighbours') });
  });
});

async function run(...args: readonly string[]) {
  const io = memoryIo(own);
  const code = await main(args, io);
  return { code, out: io.printed(), err: io.said() };
}

/** Until so many messages have been sent. */
async function runFor(messages: number, ...args: readonly string[]) {
  const stop = new AbortController();
  let out = '';
  const print = (text: string) => {
    out += text;
    if (out.includes('http://') && out.split(' -> ').length > messages) stop.abort();
  };
  const code = await main(args, memoryIo(own, { signal: stop.signal, out: print }));
  return { code, out };
}

function write(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function commit(folder: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'x');
}

function git(folder: string, ...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {
    cwd: folder,
  });
}
