import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';
import { readTar } from './tar.ts';

/** What stands between a base and those who compare with it: none of it may look as if nothing had been there. */

const contract = (required: string, payload = `{ type: object, required: [${required}] }`) => `asyncapi: 3.1.0
info: { title: Order, version: 1.0.0 }
channels: { placed: { address: order.placed, messages: { Placed: { name: placed, payload: ${payload} } } } }
operations:
  send: { action: send, channel: { $ref: '#/channels/placed' } }
  receive: { action: receive, channel: { $ref: '#/channels/placed' } }
`;
const ORDER = 'specs/shop/order.asyncapi.yaml';

const scratch = mkdtempSync(join(tmpdir(), 'chirograph-bases-'));
afterAll(() => rmSync(scratch, { recursive: true }));

let folders = 0;
let repo = '';

/** A repository with one commit, and a change of it that breaks consumers. */
beforeEach(() => {
  folders += 1;
  repo = join(scratch, `r${folders}`);
  begin(repo, ORDER);
});

describe('a base in git', () => {
  it('in which the contracts are a submodule is read from there', async () => {
    const own = join(scratch, `own${folders}`);
    begin(own, 'shop/order.asyncapi.yaml');
    git(repo, 'rm', '-rq', 'specs');
    git(repo, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', own, 'specs');
    commit(repo);
    write(repo, ORDER, contract(''));
    expect(await compat('HEAD')).toMatchObject({ code: 1, out: expect.stringContaining('1 breaking') });
    git(join(repo, 'specs'), 'commit', '--quiet', '--allow-empty', '--message', 'x');
    const away = join(scratch, `away${folders}`);
    git(scratch, 'clone', '--quiet', repo, away);
    write(away, ORDER, contract(''));
    expect(await compat('HEAD', { cwd: away })).toMatchObject({
      code: 2,
      err: expect.stringContaining('it is a submodule'),
    });
  });

  it('in which the folder of the contracts is a symbolic link is read through it', async () => {
    git(repo, 'mv', 'specs', 'real');
    symlinkSync('real', join(repo, 'specs'));
    commit(repo);
    write(repo, 'real/shop/order.asyncapi.yaml', contract(''));
    expect(await compat('HEAD')).toMatchObject({ code: 1 });
  });

  it.each([
    ['in the contracts', 'shared/payload.yaml', 'specs/shop/payload.yaml', 0, 'no change'],
    ['out of the repository', '../../payload.yaml', 'specs/shop/payload.yaml', 2, 'out of the repository'],
  ])('with a link %s: what it leads to, or a word', async (_, target, link, code, words) => {
    const payload = join(repo, target);
    mkdirSync(dirname(payload), { recursive: true });
    writeFileSync(payload, 'P: { type: object, required: [id] }\n');
    symlinkSync(target.startsWith('..') ? `../../${target}` : `../../${target}`, join(repo, link));
    write(repo, ORDER, contract('', `{ $ref: 'payload.yaml#/P' }`));
    commit(repo);
    const { out, err, code: exit } = await compat('HEAD');
    expect([exit, `${out}${err}`]).toEqual([code, expect.stringContaining(words)]);
  });

  it('in which the folder had another name: says where it was, and that name is a base', async () => {
    git(repo, 'mv', 'specs', 'contracts');
    write(repo, 'chirograph.config.mjs', `export default { specs: 'contracts' };`);
    write(repo, 'contracts/shop/order.asyncapi.yaml', contract(''));
    commit(repo);
    const { code, err } = await compat('HEAD~1');
    expect(code).toBe(2);
    const [, named = ''] = /--against (\S+)/.exec(err) ?? [];
    expect(named).toBe('HEAD~1:specs');
    expect(await compat(named)).toMatchObject({ code: 1 });
    expect(await compat('HEAD~1', { more: ['--allow-new'] })).toMatchObject({ code: 0 });
  });

  it('of which one of several folders had another name', async () => {
    write(repo, 'more/m.asyncapi.yaml', contract('id').replaceAll('laced', 'aid'));
    commit(repo);
    renameSync(join(repo, 'more'), join(repo, 'other'));
    write(repo, 'chirograph.config.mjs', `export default { specs: ['specs', 'other'] };`);
    expect(await compat('HEAD')).toMatchObject({ code: 2, err: expect.stringContaining('more/m.asyncapi') });
  });

  it.each([
    ['line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
  ])('of which only the bytes changed: %s', async (_, changed) => {
    git(repo, 'checkout', '--quiet', '.');
    writeFileSync(join(repo, ORDER), changed(readFileSync(join(repo, ORDER), 'utf8')));
    expect(await compat('HEAD')).toMatchObject({ code: 0, out: expect.stringMatching(/^no change/) });
  });

  it('of which a file was renamed in its case alone', async () => {
    git(repo, 'checkout', '--quiet', '.');
    git(repo, 'mv', ORDER, 'specs/shop/Order.asyncapi.yaml');
    expect(await compat('HEAD')).toMatchObject({ code: 0 });
  });

  it('of which a file is a link to nothing now: cannot be read, which is not that it was removed', async () => {
    rmSync(join(repo, ORDER));
    symlinkSync('nowhere.yaml', join(repo, ORDER));
    const { code, out } = await compat('HEAD');
    expect(code).toBe(2);
    expect(out).toContain('it is a symbolic link to a file that does not exist');
    expect(await run(repo, 'validate')).toMatchObject({ code: 1 });
  });

  it.each(['base', 'head'])(
    'with a file in the %s that cannot be parsed: it is left out, the rest is compared, and every format says so',
    async (state) => {
      const other = 'specs/shop/mail.asyncapi.yaml';
      const good = contract('id').replaceAll('laced', 'ailed');
      const broken = `${good}x: [\n`;
      const [before, after] = state === 'base' ? [broken, good] : [good, broken];
      write(repo, other, before);
      commit(repo);
      write(repo, other, after);
      write(repo, ORDER, contract(''));
      for (const format of ['text', 'json', 'markdown', 'github', 'junit', 'sarif', 'gitlab']) {
        const { code, out } = await compat('HEAD', { more: ['--format', format] });
        expect([format, code]).toEqual([format, 2]);
        expect(out).toContain('the file cannot be parsed');
        expect(out).toContain('mail.asyncapi.yaml');
        expect(out).toContain('id was required and is now optional');
        // Of what is in the file nobody knows whether it came or went.
        expect(out).not.toMatch(/mailed.{0,20} was (added|removed)|OrderMailed/i);
      }
    },
  );

  it('is that of the folder, whatever a hook has inherited', async () => {
    write(repo, 'inner/specs/a.asyncapi.yaml', contract('id'));
    write(repo, 'inner/chirograph.config.mjs', 'export default {};');
    commit(repo);
    const tree = join(scratch, `tree${folders}`);
    git(repo, 'worktree', 'add', '--quiet', tree, '-b', 'other');
    write(tree, 'inner/specs/a.asyncapi.yaml', contract(''));
    process.env.GIT_DIR = join(repo, `.git/worktrees/tree${folders}`);
    try {
      expect(await compat('HEAD', { cwd: join(tree, 'inner') })).toMatchObject({ code: 1 });
    } finally {
      delete process.env.GIT_DIR;
    }
  });

  it('of a transitive mode are all releases: none, or a history cut off, is an error', async () => {
    write(repo, 'chirograph.config.mjs', `export default { compat: { mode: 'FULL_TRANSITIVE' } };`);
    commit(repo);
    expect(await compat('HEAD')).toMatchObject({ code: 2, err: expect.stringContaining('matches `v*`') });
    git(repo, 'tag', 'v1.0.0');
    write(repo, ORDER, contract(''));
    commit(repo);
    expect(await compat('HEAD')).toMatchObject({ code: 1 });
    const clone = join(scratch, `clone${folders}`);
    git(scratch, 'clone', '--quiet', '--depth=1', `file://${repo}`, clone);
    const { code, err } = await compat('HEAD', { cwd: clone });
    expect(code).toBe(2);
    git(clone, ...(/git (fetch --tags.*)/.exec(err)?.[1]?.split(' ') ?? []));
    expect(await compat('HEAD', { cwd: clone })).toMatchObject({ code: 1 });
  });
});

describe('a base that is none', () => {
  it.each(['', ' '])('%j: nothing to compare with', async (base) => {
    expect(await compat(base)).toMatchObject({
      code: 2,
      err: expect.stringContaining('is a variable not set'),
    });
  });

  it.each(['.', 'specs'])('%s: the workspace itself', async (base) => {
    expect(await compat(base)).toMatchObject({
      code: 2,
      err: expect.stringContaining('the workspace itself'),
    });
  });
});

describe('an archive', () => {
  const archive = () => {
    const file = join(repo, 'base.tar');
    git(repo, 'archive', '--output', file, 'HEAD', 'specs');
    write(repo, ORDER, contract(''));
    return file;
  };

  it.each([
    ['cut within a file', (bytes: Buffer) => bytes.subarray(0, bytes.indexOf('asyncapi: 3') + 100)],
    ['cut after one', (bytes: Buffer) => bytes.subarray(0, bytes.indexOf('\0'.repeat(1024)) & ~511)],
    ['gzipped and cut', (bytes: Buffer) => gzipSync(bytes).subarray(0, -20)],
  ])('%s is refused', async (_, cut) => {
    const file = archive();
    writeFileSync(file, cut(readFileSync(file)));
    expect(await compat(file)).toMatchObject({ code: 2, err: expect.stringContaining('truncated') });
  });

  it('is read with links in it', async () => {
    renameSync(join(repo, 'specs/shop'), join(repo, 'specs/real'));
    mkdirSync(join(repo, 'specs/shop'));
    symlinkSync('../real/order.asyncapi.yaml', join(repo, ORDER));
    const file = join(repo, 'links.tar');
    execFileSync('tar', ['-cf', file, 'specs/shop', 'specs/real'], { cwd: repo });
    const read = await readTar(file);
    expect(read.kind === 'files' && read.files.get(ORDER)).toBe(contract('id'));
  });

  it('is unpacked no further than it may', async () => {
    const bomb = join(repo, 'bomb.tgz');
    const file = archive();
    writeFileSync(join(repo, 'zeros.bin'), Buffer.alloc(4e6));
    execFileSync('tar', ['-czf', bomb, 'zeros.bin'], { cwd: repo });
    expect(await readTar(bomb, { bytes: 1e6, kept: 1e6, entries: 10 })).toMatchObject({ kind: 'refused' });
    const limits = { bytes: 1e9, kept: 100, entries: 10 };
    expect(await readTar(file, limits)).toMatchObject({ reason: expect.stringContaining('more than') });
    expect(await readTar(file, { ...limits, kept: 1e6, entries: 1 })).toMatchObject({ kind: 'refused' });
  });
});

describe('a config', () => {
  it('means its own folder, wherever the command is run', async () => {
    const ci = join(repo, 'ci');
    mkdirSync(ci);
    begin(join(repo, 'service'), 'specs/pay/pay.asyncapi.yaml', 'compat: { against: "released" }');
    cpSync(join(repo, 'service/specs'), join(repo, 'service/released'), { recursive: true });
    const config = ['--config', '../service/chirograph.config.mjs'];
    expect(await run(ci, 'list', ...config)).toMatchObject({ code: 0, out: expect.stringContaining('pay') });
    expect(await run(ci, 'compat', ...config)).toMatchObject({ code: 0 });
  });

  it.each([
    [`lint: { severities: { 'message/example-invald': 'off' } }`, '`message/example-invalid`'],
    [`compat: { severities: { 'payload/type-widend': 'off' } }`, '`payload/type-widened`'],
    [`compat: { messages: { plced: { mode: 'FULL' } } }`, '`placed`'],
    [`compat: { domains: { shp: { mode: 'NONE' } } }`, '`shop`'],
    [`domains: { shp: { layout: 'service' } }`, '`shop`'],
  ])('that says %s is refused, with what was meant', async (text, meant) => {
    write(repo, 'chirograph.config.mjs', `export default { ${text} };`);
    expect(await compat('HEAD')).toMatchObject({
      code: 2,
      err: expect.stringContaining(`did you mean ${meant}`),
    });
  });
});

describe('an approval', () => {
  it('is written with all others, or none is', async () => {
    write(repo, ORDER, contract(''));
    const [known = ''] = await fingerprints();
    const until = ['--reason', 'ok', '--until', '2999-01-01'];
    expect(
      await run(repo, 'compat', 'approve', known, 'deadbeef', '--against', 'HEAD', ...until),
    ).toMatchObject({
      code: 2,
      err: expect.stringContaining('nothing was approved'),
    });
    expect(existsSync(join(repo, 'chirograph.approvals.json'))).toBe(false);
    await run(repo, 'compat', 'approve', known, known, '--against', 'HEAD', ...until);
    const outs = await Promise.all(
      ['junit', 'sarif', 'markdown'].map(
        async (format) => (await compat('HEAD', { more: ['--format', format] })).out,
      ),
    );
    expect(outs[0]).toContain('failures="0"');
    expect(outs[0]).toContain('<skipped message="approved until 2999-01-01: ok"/>');
    expect(JSON.parse(outs[1] ?? '').runs[0].results[0].suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: 'ok (until 2999-01-01)' },
    ]);
    expect(outs[2]?.split('\n')[0]).toBe('### Contracts against `HEAD`: 1 breaking (1 approved)');
  });
});

async function fingerprints(): Promise<string[]> {
  const { out } = await compat('HEAD', { more: ['--format', 'json'] });
  return JSON.parse(out).findings.map((it: { fingerprint: string }) => it.fingerprint);
}

function compat(base: string, { cwd = repo, more = [] as string[] } = {}) {
  return run(cwd, 'compat', '--against', base, ...more);
}

async function run(cwd: string, ...args: string[]) {
  const io = memoryIo(cwd);
  const code = await main(args, io);
  return { code, out: io.printed(), err: io.said() };
}

function begin(folder: string, file: string, config = ''): void {
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '--quiet', '--initial-branch=main');
  write(folder, file, contract('id'));
  write(folder, 'chirograph.config.mjs', `export default { ${config} };`);
  commit(folder);
}

function commit(folder: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'x');
}

function write(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function git(cwd: string, ...args: string[]): void {
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  execFileSync('git', [...author, ...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
}
