import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

const contract = (amount: string) => `asyncapi: 3.1.0
info: { title: Order, version: 1.0.0 }
channels:
  orderPlaced:
    address: order.placed
    messages:
      OrderPlaced: { $ref: '#/components/messages/OrderPlaced' }
operations:
  sendOrderPlaced:
    action: send
    channel: { $ref: '#/channels/orderPlaced' }
components:
  messages:
    OrderPlaced:
      name: order.placed
      payload:
        type: object
        required: [amount]
        properties:
          amount: ${amount}
`;

const stock = `asyncapi: 3.1.0
info: { title: Stock, version: 1.0.0 }
channels:
  orderPlaced: { $ref: './order.asyncapi.yaml#/channels/orderPlaced' }
operations:
  onOrderPlaced:
    action: receive
    channel: { $ref: '#/channels/orderPlaced' }
`;

let scratch = '';
let repo = '';

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'chirograph-compat-'));
  repo = join(scratch, 'repo');
  mkdirSync(join(repo, 'specs/shop'), { recursive: true });
  git(repo, 'init', '--quiet', '--initial-branch=main');
  git(repo, 'commit', '--quiet', '--allow-empty', '--message', 'Begin');
  write({ type: '{ type: integer }' });
  git(repo, 'add', '.');
  git(repo, 'commit', '--quiet', '--message', 'Contracts');
  git(repo, 'tag', 'v1.0.0');
  git(repo, 'switch', '--quiet', '--create', 'change');
  write({ type: '{ type: number }' });
  git(repo, 'commit', '--quiet', '--all', '--message', 'Fractions');
});

afterAll(() => rmSync(scratch, { recursive: true }));

describe('compat --against', () => {
  it('a branch: shows the message that breaks and fails', async () => {
    const { code, out } = await run('compat', '--against', 'main');
    expect(code).toBe(1);
    expect(out).toContain('breaking  payload/type-widened   shop  OrderPlaced 1.0  breaks its consumers');
    expect(out).toContain('specs/shop/order.asyncapi.yaml:20:27   amount: integer -> number   (main: 20:27)');
    expect(out).toMatch(/{ "amount": 0\.1 }\n +\^\^\^ must be integer/);
    expect(out).toContain('stock  specs/shop/stock.asyncapi.yaml:6  receives order.placed');
  });

  it('the same state: nothing to say', async () => {
    expect(await run('compat', '--against', 'HEAD')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^no change of 1 message/),
    });
  });

  it('a folder within a revision, a folder on disk, an archive: the same finding', async () => {
    const folder = join(scratch, 'released');
    cpSync(join(repo, 'specs'), folder, { recursive: true });
    writeFileSync(join(folder, 'shop/order.asyncapi.yaml'), contract('{ type: integer }'));
    const [plain, around, gzipped] = ['plain.tar', 'around.tar', 'zipped.tgz'].map((it) => join(scratch, it));
    git(repo, 'archive', '--output', plain ?? '', 'main');
    git(repo, 'archive', '--prefix', 'repo-main/', '--output', around ?? '', 'main');
    git(repo, 'archive', '--output', gzipped ?? '', 'main', 'specs');
    const same = join(scratch, 'same');
    cpSync(repo, same, { recursive: true });
    for (const base of ['main:specs', 'main:specs/', folder, same, plain, around, gzipped]) {
      const { code, out } = await run('compat', '--against', base ?? '', '--format', 'json');
      const { findings } = JSON.parse(out) as { findings: { rule: string }[] };
      expect([base, code, findings.map(({ rule }) => rule)]).toEqual(
        base === same ? [base, 0, []] : [base, 1, ['payload/type-widened']],
      );
    }
  });

  it('a commit without contracts: everything is new', async () => {
    const { code, err, out } = await run('compat', '--against', 'v1.0.0~1');
    expect(code).toBe(0);
    expect(err).toBe('There are no contracts in v1.0.0~1: everything is new.\n');
    expect(out).toContain('OrderPlaced 1.0 was added');
  });

  it('nothing that exists: says what a base may be', async () => {
    const { code, err } = await run('compat', '--against', 'mian');
    expect(code).toBe(2);
    expect(err).toContain('cannot compare with `mian`: git knows no revision `mian`');
    expect(err).toContain('a folder, or a tar archive');
  });

  it('a revision that a shallow clone lacks: says how to fetch it', async () => {
    const clone = join(scratch, 'shallow');
    git(scratch, 'clone', '--quiet', '--depth=1', '--branch=change', `file://${repo}`, 'shallow');
    const { code, err } = await run('compat', '--against', 'v1.0.0', { cwd: clone });
    expect(code).toBe(2);
    expect(err).toContain('git fetch --depth=1 origin +refs/tags/v1.0.0:refs/tags/v1.0.0');
    const [, advice = ''] = /(git fetch .*)/.exec(err) ?? [];
    git(clone, ...advice.split(' ').slice(1));
    expect(await run('compat', '--against', 'v1.0.0', { cwd: clone })).toMatchObject({ code: 1 });
  });

  it('a reference that does not resolve: compares the rest, names it in every format, and does not pass', async () => {
    const file = join(repo, 'specs/shop/stock.asyncapi.yaml');
    writeFileSync(
      file,
      stock
        .replace('orderPlaced }', 'orderPlacd }')
        .replaceAll('#/channels/orderPlaced', '#/channels/orderPlacd'),
    );
    for (const format of ['text', 'json', 'markdown', 'github', 'junit', 'sarif', 'gitlab']) {
      const { code, out } = await run('compat', '--against', 'main', '--format', format);
      expect([format, code]).toEqual([format, 1]);
      expect(out).toMatch(/not compared|leftOut/i);
      expect(out).toContain('stock.asyncapi.yaml');
    }
    expect(await run('compat', '--against', 'HEAD')).toMatchObject({
      code: 2,
      out: expect.stringMatching(/left out .* specs\/shop\/stock\.asyncapi\.yaml:\d+:\d+ /),
    });
    expect(await run('changelog', '--against', 'HEAD')).toMatchObject({ code: 2 });
    writeFileSync(file, stock);
  });

  it('an operand that is none: says what it may have meant', async () => {
    const errors = async (...args: readonly string[]) => (await run('compat', ...args)).err;
    expect(await errors('approv', '1f0c55d2')).toContain('did you mean `approve`?');
    expect(await errors('main')).toContain('Try: chirograph compat --against main');
    expect(await errors('v1.0.0~1')).toContain('Try: chirograph compat --against v1.0.0~1');
    expect(await errors('nonsense')).toContain('compat cannot `nonsense`');
  });

  it('a workspace below the root of its repository: paths as git spells them, and as code hosts read them', async () => {
    const mono = join(scratch, 'mono');
    const workspace = join(mono, 'contracts');
    mkdirSync(join(workspace, 'specs/shop'), { recursive: true });
    const file = join(workspace, 'specs/shop/order.asyncapi.yaml');
    writeFileSync(join(workspace, 'chirograph.config.mjs'), 'export default {};\n');
    writeFileSync(file, contract('{ type: integer }'));
    git(mono, 'init', '--quiet', '--initial-branch=main');
    git(mono, 'add', '.');
    git(mono, 'commit', '--quiet', '--message', 'Contracts');
    writeFileSync(file, contract('{ type: number }'));
    const cwd = { cwd: workspace };
    for (const base of ['main', 'main:specs', 'main:contracts/specs', 'main:./specs']) {
      const { code, out } = await run('compat', '--against', base, '--format', 'github', cwd);
      expect([base, code]).toEqual([base, 1]);
      expect(out).toContain('file=contracts/specs/shop/order.asyncapi.yaml,line=20,');
    }
    expect((await run('compat', '--against', 'main:contract', cwd)).err).toContain(
      'no contracts at contract',
    );
    rmSync(mono, { recursive: true });
  });

  it('leaves nothing behind', async () => {
    await run('compat', '--against', 'main');
    expect(git(repo, 'status', '--porcelain')).toBe('');
    expect(git(repo, 'worktree', 'list').trim().split('\n')).toHaveLength(1);
  });

  it.each(['github', 'junit', 'sarif', 'gitlab', 'markdown'])('prints %s', async (format) => {
    const { code, out } = await run('compat', '--against', 'main', '--format', format);
    expect(code).toBe(1);
    expect(out).toContain('OrderPlaced 1.0');
    if (['sarif', 'gitlab'].includes(format)) expect(() => JSON.parse(out)).not.toThrow();
  });
});

it('compat --markdown writes the report to a file, beside what it prints', async () => {
  const file = join(repo, 'report.md');
  const { code, out } = await run('compat', '--against', 'main', '--markdown', file);
  expect(code).toBe(1);
  expect(out).toContain('OrderPlaced 1.0');
  expect(out).not.toContain('```');
  expect(readFileSync(file, 'utf8')).toMatch(/OrderPlaced 1\.0[\s\S]*```/);
  rmSync(file);
});

describe('compat approve', () => {
  const approvals = () => join(repo, 'chirograph.approvals.json');

  it('writes down that a break is meant, until a day', async () => {
    const fingerprint = await fingerprintOfBreak();
    const given = ['approve', fingerprint, '--against', 'main', '--reason', 'Stock is ready', '--until'];
    expect((await run('compat', ...given, '2999-12-31')).code).toBe(0);
    expect(JSON.parse(readFileSync(approvals(), 'utf8'))).toMatchObject({
      approvals: [{ fingerprint, reason: 'Stock is ready', until: '2999-12-31' }],
    });
    expect(await run('compat', '--against', 'main')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Approved until 2999-12-31: Stock is ready/),
    });

    expect(await run('compat', ...given, '2020-01-01')).toMatchObject({
      code: 2,
      err: expect.stringContaining('2020-01-01 is over'),
    });
    writeFileSync(approvals(), readFileSync(approvals(), 'utf8').replace('2999-12-31', '2020-01-01'));
    expect(await run('compat', '--against', 'main')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/Its approval expired on 2020-01-01/),
    });
    rmSync(approvals());
  });

  it.each([
    ['a reason', ['--until', '2999-12-31']],
    ['a day', ['--reason', 'why']],
    ['a day of the calendar', ['--reason', 'why', '--until', '2999-02-30']],
  ])('wants %s', async (_, options) => {
    const fingerprint = await fingerprintOfBreak();
    expect((await run('compat', 'approve', fingerprint, '--against', 'main', ...options)).code).toBe(2);
  });

  it('refuses what is no change, and a file that is not whole', async () => {
    const options = ['--against', 'main', '--reason', 'why', '--until', '2999-12-31'];
    expect(await run('compat', 'approve', '00000000', ...options)).toMatchObject({ code: 2 });
    writeFileSync(approvals(), '{ "approvals": [{ "fingerprint": "1" }] }');
    expect(await run('compat', '--against', 'main')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/approval 1 in chirograph\.approvals\.json is not complete/),
    });
    rmSync(approvals());
  });

  async function fingerprintOfBreak(): Promise<string> {
    const { out } = await run('compat', '--against', 'main', '--format', 'json');
    return (JSON.parse(out) as { findings: { fingerprint: string }[] }).findings[0]?.fingerprint ?? '';
  }
});

describe('transitive modes', () => {
  it('look back through the tags', async () => {
    const config = join(repo, 'chirograph.config.mjs');
    writeFileSync(config, "export default { compat: { mode: 'FULL_TRANSITIVE' } };\n");
    const { code, out } = await run('compat', '--against', 'HEAD', '--config', config);
    expect(code).toBe(1);
    expect(out).toContain('Against v1.0.0, as the transitive mode asks.');
    rmSync(config);
  });

  it('or through the versions that the config lists', async () => {
    const config = join(repo, 'listed.config.mjs');
    writeFileSync(
      config,
      "export default { compat: { mode: 'FULL_TRANSITIVE', versions: ['main', 'v1.0.0'] } };\n",
    );
    const { code, out } = await run('compat', '--against', 'HEAD', '--config', config);
    expect(code).toBe(1);
    expect(out).toContain('Against main, as the transitive mode asks.');
    expect(out).not.toContain('Against v1.0.0');
    rmSync(config);
  });

  it.each([
    ["{ mode: 'BACKWARDS' }", "`mode` must be 'NONE' or 'BACKWARD'"],
    ["{ messages: { 'order.placed': { writers: 'all' } } }", "`writers` must be 'declared' or 'literal'"],
    ["{ mod: 'FULL' }", 'did you mean `mode`?'],
  ])('are no other: %s is refused', async (compat, reason) => {
    const config = join(repo, `${reason.replaceAll(/\W/g, '')}.config.mjs`);
    writeFileSync(config, `export default { compat: ${compat} };\n`);
    const { code, err } = await run('compat', '--against', 'HEAD', '--config', config);
    expect([code, err]).toEqual([2, expect.stringContaining(reason)]);
    rmSync(config);
  });
});

describe('changelog', () => {
  it('tells readers what changed between two revisions', async () => {
    const { code, out } = await run('changelog', '--against', 'v1.0.0~1', '--to', 'v1.0.0');
    expect(code).toBe(0);
    expect(out).toContain('## shop\n\n### Added\n');
    expect(out).toContain('- **OrderPlaced 1.0**: OrderPlaced 1.0 was added');
    expect((await run('changelog', '--against', 'main')).out).toContain('### Breaking');
  });
});

describe('schemas alone', () => {
  it('decides two files', async () => {
    const [old, now] = [file('old.json', { type: 'integer' }), file('new.json', { type: 'number' })];
    expect(await run('compat', '--schemas', old, now)).toMatchObject({
      code: 1,
      out: expect.stringMatching(
        /breaking {2}FORWARD: .*new\.json accepts and .*old\.json refuses[\s\S]*0\.1/,
      ),
    });
    expect((await run('compat', '--schemas', old, now, '--mode', 'BACKWARD')).code).toBe(0);
  });

  it('decides pairs line by line, in order, and goes on after a line that is none', async () => {
    const lines = [
      { id: 'a', old: { type: 'integer' }, new: { type: 'number' }, mode: 'BACKWARD' },
      { id: 'b', old: { type: 'integer' }, new: { type: 'number' }, mode: 'FULL' },
      { id: 'c', old: true, mode: 'FULL' },
      { id: 'd', old: {}, new: true, mode: 'FULL' },
    ];
    const pairs = join(scratch, 'pairs.jsonl');
    writeFileSync(pairs, lines.map((it) => `${JSON.stringify(it)}\n`).join(''));
    const { code, out } = await run('compat', '--batch', pairs);
    expect(code).toBe(2);
    expect(
      out
        .trim()
        .split('\n')
        .map((it) => JSON.parse(it)),
    ).toEqual([
      { id: 'a', verdict: 'compatible', ms: expect.any(Number) },
      {
        id: 'b',
        verdict: 'breaking',
        direction: 'FORWARD',
        witness: expect.any(Number),
        ms: expect.any(Number),
      },
      {
        id: 'c',
        verdict: 'undecided',
        reason: 'line 3: `new` is to be a schema, an object or a boolean; it is not there',
        ms: 0,
      },
      { id: 'd', verdict: 'compatible', ms: expect.any(Number) },
    ]);
  });

  function file(name: string, schema: object): string {
    const path = join(scratch, name);
    writeFileSync(path, JSON.stringify(schema));
    return path;
  }
});

function write({ type }: { readonly type: string }): void {
  writeFileSync(join(repo, 'specs/shop/order.asyncapi.yaml'), contract(type));
  writeFileSync(join(repo, 'specs/shop/stock.asyncapi.yaml'), stock);
}

function git(cwd: string, ...args: readonly string[]): string {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  return execFileSync('git', [...who, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** The last argument may say where the command runs. */
async function run(...given: readonly (string | { readonly cwd: string })[]) {
  const args = given.filter((it) => typeof it === 'string');
  const cwd = given.find((it) => typeof it === 'object')?.cwd ?? repo;
  const io = memoryIo(cwd);
  const code = await main(args, io);
  return { code, out: io.printed(), err: io.said() };
}
