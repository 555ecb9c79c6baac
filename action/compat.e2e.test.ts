import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Runs the action's script as a workflow would: in a clone of one commit, with the variables of the runner. */
const script = resolve('action/compat.sh');
const chirograph = `${process.execPath} ${resolve('cli/bin/chirograph.js')}`;

const contract = (amount: string) => `asyncapi: 3.1.0
info: { title: Order, version: 1.0.0 }
channels:
  orderPlaced:
    address: order.placed
    messages:
      OrderPlaced:
        name: order.placed
        payload: { type: object, required: [amount], properties: { amount: ${amount} } }
operations:
  sendOrderPlaced: { action: send, channel: { $ref: '#/channels/orderPlaced' } }
`;

let scratch = '';
let clones = 0;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'chirograph-action-'));
  const origin = join(scratch, 'origin');
  mkdirSync(join(origin, 'specs/shop'), { recursive: true });
  git(origin, 'init', '--quiet', '--initial-branch=main');
  commit(origin, '{ type: integer }');
  git(origin, 'tag', 'v1.0.0');
  git(origin, 'switch', '--quiet', '--create', 'breaking');
  commit(origin, '{ type: number }');
  git(origin, 'switch', '--quiet', '--create', 'safe', 'main');
  commit(origin, '{ type: integer, description: In cents. }');
  // The runner's `gh`: it writes down what it is asked.
  const gh = join(scratch, 'gh');
  writeFileSync(gh, '#!/bin/sh\necho "$@" > "$GH_LOG"\n');
  chmodSync(gh, 0o755);
});

afterAll(() => rmSync(scratch, { recursive: true }));

describe('action', () => {
  it('annotates a pull request that breaks, fills the summary, comments and fails', () => {
    const { status, stdout, file } = run('breaking', {
      GITHUB_BASE_REF: 'main',
      COMMENT: 'true',
      PULL_REQUEST: '7',
    });
    expect(status).toBe(1);
    expect(stdout).toContain('::error file=specs/shop/order.asyncapi.yaml,line=9,');
    expect(file('summary')).toContain('### Contracts against `origin/main`: 1 breaking');
    expect(file('output')).toBe('exit-code=1\n');
    expect(file('gh')).toMatch(/^pr comment 7 --edit-last --create-if-none --body-file /);
  });

  it('lets a safe pull request through', () => {
    expect(run('safe', { GITHUB_BASE_REF: 'main' }).status).toBe(0);
  });

  it.each([
    ['a tag', { AGAINST: 'v1.0.0' }],
    ['a folder of a branch', { AGAINST: 'origin/main:specs' }],
    ['the parent commit', { BEFORE: '0000000000000000000000000000000000000000' }],
  ])('fetches %s, which the clone lacks', (_, env) => {
    expect(run('breaking', env).status).toBe(1);
  });

  it('fails otherwise when there is no such base', () => {
    const { status, stderr } = run('breaking', { AGAINST: 'nowhere' });
    expect(status).toBe(2);
    expect(stderr).toContain('cannot compare with `nowhere`');
  });
});

function run(branch: string, env: Readonly<Record<string, string>>) {
  clones += 1;
  const folder = join(scratch, `clone-${clones}`);
  git(scratch, 'clone', '--quiet', '--depth=1', `--branch=${branch}`, `file://${scratch}/origin`, folder);
  const at = (name: string) => join(scratch, `${name}-${clones}`);
  const { status, stdout, stderr } = spawnSync('bash', [script], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: `${scratch}${delimiter}${process.env.PATH}`,
      HOME: scratch,
      CHIROGRAPH: chirograph,
      GITHUB_STEP_SUMMARY: at('summary'),
      GITHUB_OUTPUT: at('output'),
      GH_LOG: at('gh'),
      ...env,
    },
  });
  return { status, stdout, stderr, file: (name: string) => readFileSync(at(name), 'utf8') };
}

function commit(repo: string, amount: string): void {
  writeFileSync(join(repo, 'specs/shop/order.asyncapi.yaml'), contract(amount));
  git(repo, 'add', '.');
  git(repo, 'commit', '--quiet', '--message', amount);
}

function git(cwd: string, ...args: readonly string[]): void {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  execFileSync('git', [...who, ...args], { cwd, stdio: 'ignore' });
}
