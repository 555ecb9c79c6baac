import { execFileSync } from 'node:child_process';
import {
  chmodSync,
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
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { type MemoryIo, memoryIo } from '../memory-io.ts';
import type { Io } from '../terminal/io.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chirograph-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
}

async function run(args: readonly string[], more: Partial<Io> = {}): Promise<{ code: number; io: MemoryIo }> {
  const io = memoryIo(folder, more);
  return { code: await main(['validate', ...args], io), io };
}

const codesIn = (io: MemoryIo): string[] =>
  JSON.parse(io.printed()).diagnostics.map((it: { code: string }) => it.code);

const CLEAN = 'asyncapi: 3.0.0\ninfo: { title: Clean, version: 1.0.0 }\n';
const WRONG = `asyncapi: 3.0.0
info:
  title: Orders
  versoin: 1.0.0
channels:
  orders:
    address: orders
    messages:
      OrderPlaced: { $ref: '#/components/messages/OrderPlaced' }
operations:
  placeOrder:
    action: sned
    channel: { $ref: '#/channels/order' }
components:
  messages:
    OrderPlaced:
      payload:
        type: object
        properties:
          total: { type: integer, minimum: 1 }
      examples:
        - payload: { total: "50" }
`;

describe('what it prints', () => {
  it.each(['text', 'json', 'github', 'junit', 'sarif', 'gitlab'])('as %s', async (format) => {
    write({ 'specs/shop/orders.asyncapi.yaml': WRONG, 'specs/shop/clean.asyncapi.yaml': CLEAN });
    const { code, io } = await run(['--format', format]);
    expect(code).toBe(1);
    const printed = io
      .printed()
      .replace(/\d+\.\d\d s\b/, '0.00 s')
      .replace(/"seconds": [\d.]+/, '"seconds": 0')
      .replace(/timestamp="[^"]*"/g, 'timestamp="2026-01-31T10:30:00"');
    await expect(printed).toMatchFileSnapshot(`../report/golden/${format}.txt`);
  });

  it('says how much is clean', async () => {
    write({ 'specs/a.yaml': CLEAN });
    const { code, io } = await run([]);
    expect(code).toBe(0);
    expect(io.printed()).toMatch(/^clean: 1 file {3}\d+\.\d\d s\n$/);
  });

  it('shows errors alone when told to be quiet, and still counts the warnings', async () => {
    write({
      'specs/a.yaml': WRONG.replace('versoin', 'version')
        .replace('sned', 'send')
        .replace('/order', '/orders'),
    });
    const quiet = (await run(['--quiet'])).io.printed();
    expect(quiet).not.toMatch(/^warning/m);
    expect(quiet).toContain('1 error in 1 of 1 file, 1 warning not shown');
    const { code } = await run(['--quiet', '--max-warnings', '0']);
    expect(code).toBe(1);
  });
});

describe('what it sums up', () => {
  const WARNED = `${CLEAN}channels: { c: { messages: { M: {} } } }\n`;
  it.each<[string, string[], string]>([
    ['nothing', [], 'clean: 1 file'],
    ['warnings alone', ['specs/warned.yaml'], '1 warning in 1 of 1 file'],
    ['warnings alone, quietly', ['specs/warned.yaml', '--quiet'], 'no errors: 1 file, 1 warning not shown'],
    [
      'more warnings than may be',
      ['specs/warned.yaml', '--quiet', '--max-warnings', '0'],
      'no errors: 1 file, 1 warning not shown, 1 warning where 0 may be',
    ],
  ])('is %s', async (_, args, summary) => {
    write({ 'specs/a.yaml': CLEAN, 'specs/warned.yaml': WARNED });
    const { io } = await run(args.length === 0 ? ['specs/a.yaml'] : args);
    expect(io.printed().split('\n').at(-2)).toMatch(new RegExp(`^${summary} {3}\\d`));
  });

  it('counts a file that could not be read', async () => {
    write({ 'specs/a.yaml': CLEAN, 'specs/b.yaml': new Uint8Array(50_000_000).fill(97) });
    expect((await run([])).io.printed()).toContain('1 error in 1 of 2 files');
  });

  it('is one finding of one cause, with the first places', async () => {
    const messages = [1, 2, 3, 4, 5, 6].map(
      (n) => `M${n}: { name: m${n}, summary: x, payload: { type: object, exmples: [{}] } }`,
    );
    write({ 'specs/a.yaml': `${CLEAN}channels: { c: { messages: {\n${messages.join(',\n')} } } }\n` });
    const text = (await run([])).io.printed();
    expect(text.match(/^warning/gm)).toHaveLength(1);
    expect(text).toContain('the same at 5 more places: specs/a.yaml:5:');
    expect(text).toContain('and 2 more');
    const { diagnostics } = JSON.parse((await run(['--format', 'json'])).io.printed());
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0].others.map((it: { line: number }) => it.line)).toEqual([5, 6, 7, 8, 9]);
    expect((await run(['--max-warnings', '1'])).code).toBe(0);
  });

  it('is cut where there are too many findings: warnings before errors', async () => {
    const keys = (name: string) => Array.from({ length: 70 }, (_, i) => `${name}${i}: 1`).join(', ');
    const names = Array.from({ length: 70 }, (_, i) => `n${i}`).join(', ');
    const payload = `{ type: object, required: [${names}], properties: { x: {} } }`;
    write({
      'specs/a.yaml': `${CLEAN}${keys('k').replaceAll(', ', '\n')}\nchannels: { c: { messages: { M: { summary: x, payload: ${payload} } } } }\n`,
    });
    const counted = async (...args: string[]) => {
      const text = (await run(args)).io.printed();
      return [text.match(/^error/gm)?.length, text.match(/^warning/gm)?.length, text.split('\n').at(-2)];
    };
    expect(await counted()).toEqual([70, 30, expect.stringContaining('40 of them not shown')]);
    expect(await counted('--max-findings', '10')).toEqual([
      10,
      undefined,
      expect.stringContaining('130 of them not shown'),
    ]);
    expect(await counted('--max-findings', '0')).toEqual([70, 70, expect.not.stringContaining('not shown')]);
  });

  it('says with the first finding of a rule why it matters, and not again', async () => {
    write({ 'specs/a.yaml': `${CLEAN}oparations: {}\nchanels: {}\n` });
    const printed = (await run([])).io.printed();
    expect(printed.match(/^ {2}Why: An unknown key is not read/gm)).toHaveLength(1);
    expect(printed).toContain('2 errors in 1 of 1 file');
  });
});

describe('one file of a workspace', () => {
  const SENDER = `asyncapi: 3.0.0
info: { title: Orders, version: 1.0.0 }
channels:
  placed: { messages: { OrderPlaced: { $ref: 'types.yaml#/messages/OrderPlaced' } } }
operations: { place: { action: send, channel: { $ref: '#/channels/placed' } } }
`;
  const RECEIVER = SENDER.replace('title: Orders', 'title: Mail').replace('send', 'receive');
  const FILES = {
    'specs/shop/types.yaml': 'messages: { OrderPlaced: { summary: An order was placed. } }\n',
    'specs/shop/orders.yaml': SENDER,
    'specs/shop/mail.yaml': RECEIVER,
    'specs/other.yaml': WRONG,
  };

  it('is judged in the light of all others, whose own faults are not told', async () => {
    write(FILES);
    const { code, io } = await run(['specs/shop/mail.yaml']);
    expect(io.printed()).toMatch(/^clean: 2 files/);
    expect(code).toBe(0);
    expect((await run(['specs/shop/types.yaml'])).io.printed()).toMatch(/^clean: 1 file /);
  });

  it('is told of faults in what it refers to', async () => {
    write({ ...FILES, 'specs/shop/types.yaml': 'messages: { OrderPlaced: { sumary: x } }\n' });
    const { io } = await run(['specs/shop/mail.yaml', '--format', 'github']);
    expect(io.printed()).toContain('file=specs/shop/types.yaml');
  });

  it('may come from standard input, for a file that is named or that has its title', async () => {
    write(FILES);
    const named = ['-', '--stdin-file', 'specs/shop/mail.yaml'];
    expect((await run(named, { readStdin: async () => RECEIVER })).code).toBe(0);
    const said = await run([...named, '--format', 'github'], {
      readStdin: async () => RECEIVER.replace('action', 'acton'),
    });
    expect(said.io.printed()).toMatch(/^::error file=specs\/shop\/mail.yaml,line=5[^\n]*\n$/);
    const twin = await run(['-'], { readStdin: async () => SENDER, cwd: join(folder, 'specs/shop') });
    expect(twin.io.printed()).toMatch(/^clean: 2 files/);
  });

  it('alone accepts what it finds without forgetting what the baseline has of others', async () => {
    write({ ...FILES, 'specs/b.yaml': `${CLEAN}oparations: {}\n` });
    const args = ['--baseline', 'accepted.json'];
    await run([...args, '--update-baseline']);
    await run(['specs/b.yaml', ...args, '--update-baseline']);
    expect((await run(args)).code).toBe(0);
  });
});

describe('what it reads', () => {
  it('is what the config names, or the folder, file or pattern that was typed', async () => {
    write({ 'specs/a.yaml': CLEAN, 'other/b.asyncapi.yaml': WRONG, 'other/c.yaml': CLEAN });
    expect((await run([])).code).toBe(0);
    expect((await run(['other'])).code).toBe(1);
    expect((await run(['other/c.yaml'])).code).toBe(0);
    expect((await run(['**/*.asyncapi.yaml'])).code).toBe(1);
    expect((await run(['{other,specs}/[ac].yaml'])).code).toBe(0);
  });

  it('is standard input for `-`', async () => {
    const { code, io } = await run(['-', '--format', 'github'], { readStdin: async () => WRONG });
    expect(code).toBe(1);
    expect(io.printed()).toContain('file=stdin.yaml,line=4,col=3');
  });

  it('is never nothing', async () => {
    for (const path of ['gone.yaml', 'gone/**/*.yaml']) {
      const { code, io } = await run([path]);
      expect(code).toBe(2);
      expect(io.said()).toContain(`there is nothing at ${path}`);
    }
  });
});

describe('what it leaves out', () => {
  const config = (lint: string) => ({ 'chirograph.config.mjs': `export default { lint: ${lint} };` });

  it('is what the config turns off or turns down', async () => {
    write({
      'specs/a.yaml': `${CLEAN}oparations: {}\n`,
      ...config("{ severities: { 'document/unknown-key': 'warning' } }"),
    });
    expect((await run([])).code).toBe(0);
    write(config("{ severities: { 'document/unknown-key': 'off' } }"));
    const { io } = await run(['--format', 'json', '--config', 'chirograph.config.mjs']);
    expect(io.printed()).toContain('diagnostics');
  });

  it('is what belongs to another preset', async () => {
    write({ 'specs/a.yaml': CLEAN });
    expect(codesIn((await run(['--format', 'json'])).io)).toEqual([]);
    write(config("{ preset: 'strict' }"));
    expect(codesIn((await run(['--format', 'json'])).io)).toEqual(['service/no-owner']);
  });

  it.each(['[]', '{ "accepted": { "5d41": null } }', '{ "accepted": { "5d41": { "times": 1 } } }'])(
    'is not judged by a damaged baseline: %s',
    async (text) => {
      write({ 'specs/a.yaml': WRONG, 'accepted.json': text });
      const { code, io } = await run(['--baseline', 'accepted.json']);
      expect(code).toBe(2);
      expect(io.said()).toContain('accepted.json is not a baseline');
    },
  );

  it('is what the baseline accepts, and nothing new', async () => {
    write({ 'specs/a.yaml': `${CLEAN}oparations: {}\n` });
    const args = ['--baseline', 'accepted.json'];
    expect((await run(args)).code).toBe(2);
    expect((await run([...args, '--update-baseline'])).code).toBe(0);
    write({ 'specs/a.yaml': `# moved down by a line\n${CLEAN}oparations: {}\n` });
    const accepted = await run(args);
    expect(accepted.code).toBe(0);
    expect(accepted.io.printed()).toContain('1 accepted');
    write({ 'specs/a.yaml': `${CLEAN}oparations: {}\nchanels: {}\n` });
    expect(codesIn((await run([...args, '--format', 'json'])).io)).toEqual(['document/unknown-key']);
  });

  it("but never what a user's own rule finds", async () => {
    write({
      'specs/a.yaml': CLEAN,
      ...config(`{ rules: [{
        code: 'acme/title', severity: 'error',
        *check({ services }) { for (const { at, title } of services) yield { message: title + ' is no title', at }; },
      }] }`),
    });
    const { code, io } = await run([]);
    expect(code).toBe(1);
    expect(io.printed()).toContain('error  acme/title   Clean is no title');
  });
});

describe('what would harm it', () => {
  const bomb = Array.from({ length: 30 }, (_, i) =>
    i === 0
      ? 'l0: &l0 [x]'
      : `l${i}: &l${i} [${Array(9)
          .fill(`*l${i - 1}`)
          .join(', ')}]`,
  );
  const chain = (link: (next: string) => string) =>
    Array.from({ length: 5000 }, (_, i) => `S${i}: ${link(`'#/components/schemas/S${i + 1}'`)}`)
      .concat('S5000: {}')
      .join(', ');
  it.each<[string, Record<string, string | Uint8Array>, string[]]>([
    ['a text that is no YAML', { 'a.yaml': 'asyncapi: 3.0.0\n  info: x\n' }, ['file/malformed']],
    ['a binary file', { 'a.yaml': new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]) }, ['file/malformed']],
    ['a file of 50 MB', { 'a.yaml': new Uint8Array(50_000_000).fill(97) }, ['file/unreadable']],
    ['a bomb of aliases', { 'a.yaml': `asyncapi: 3.0.0\n${bomb.join('\n')}` }, ['file/malformed']],
    ['an alias of itself', { 'a.yaml': `asyncapi: 3.0.0\ninfo: &a { x: *a }` }, ['file/malformed']],
    ['lists in lists in lists', { 'a.json': '['.repeat(100_000) + ']'.repeat(100_000) }, ['file/malformed']],
    [
      'references in a circle of files',
      {
        'a.yaml': `${CLEAN}channels: { c: { $ref: b.yaml } }`,
        'b.yaml': '$ref: c.yaml',
        'c.yaml': '$ref: b.yaml',
      },
      ['reference/circular'],
    ],
    [
      'a path out of the workspace',
      { 'a.yaml': `${CLEAN}channels: { c: { $ref: '../../../../../../../../../etc/passwd' } }` },
      ['reference/outside'],
    ],
    [
      'a chain of 5,000 references',
      {
        'a.yaml': `${CLEAN}channels: { c: { messages: { M: { summary: s, payload: { $ref: '#/components/schemas/S0' } } } } }\ncomponents: { schemas: { ${chain((next) => `{ $ref: ${next} }`)} } }\n`,
      },
      ['reference/circular'],
    ],
    ['UTF-16', { 'a.yaml': Buffer.from(CLEAN, 'utf16le') }, ['file/malformed']],
    ['a comment in JSON', { 'a.json': '{ "asyncapi": "3.0.0" } // ours' }, ['file/malformed']],
  ])('gets one finding: %s', async (_, files, expected) => {
    write(files);
    const { io } = await run(['.', '--quiet', '--format', 'json']);
    expect(codesIn(io)).toEqual(expected);
  });

  it('gets no finding where 5,000 schemas lead on to one another, and one at the place of the only fault', async () => {
    const schemas = chain((next) => `{ properties: { n: { $ref: ${next} } } }`);
    const codesOf = async (last: string): Promise<string[]> => {
      write({ 'a.yaml': `${CLEAN}components: { schemas: { ${schemas.replace('S5000: {}', last)} } }\n` });
      return codesIn((await run(['.', '--quiet', '--format', 'json'])).io);
    };
    expect(await codesOf('S5000: {}')).toEqual([]);
    expect(await codesOf('S5000: { type: strin }')).toEqual(['document/unknown-value']);
  });

  it.each([
    [
      'a link out of the workspace',
      () => symlinkSync('/etc/hostname', join(folder, 'specs/b.yaml')),
      'leads out',
    ],
    ['a link to itself', () => symlinkSync('b.yaml', join(folder, 'specs/b.yaml')), 'back to itself'],
    ['a pipe', () => execFileSync('mkfifo', [join(folder, 'specs/b.yaml')]), 'not a regular file'],
    ['a folder', () => mkdirSync(join(folder, 'specs/b.yaml')), 'a folder'],
  ])('is not read through a reference: %s', async (_, make, reason) => {
    write({ 'specs/a.yaml': `${CLEAN}channels: { c: { $ref: b.yaml } }` });
    make();
    const { code, io } = await run(['specs/a.yaml']);
    expect(code).toBe(1);
    expect(io.printed()).toContain(reason);
    expect(io.printed()).toContain('1 error');
  });

  const isRoot = process.getuid?.() === 0;
  const reason = isRoot ? ' (not run: root may read everything)' : '';
  it.skipIf(isRoot)(`gets one finding: a folder without permission${reason}`, async () => {
    write({ 'specs/a.yaml': CLEAN, 'specs/closed/b.yaml': WRONG });
    chmodSync(join(folder, 'specs/closed'), 0);
    const { io } = await run(['--format', 'json']);
    chmodSync(join(folder, 'specs/closed'), 0o700);
    expect(codesIn(io)).toEqual(['file/unreadable']);
  });

  it('gets an answer though a pattern would take for ever', async () => {
    write({
      'a.yaml': `${CLEAN}channels:\n  c:\n    messages:\n      M:\n        summary: x\n        payload: { type: string, pattern: '^(a+)+$' }\n        examples: [{ payload: ${'a'.repeat(40)}! }]\n`,
    });
    expect(codesIn((await run(['.', '--format', 'json'])).io)).toEqual(['schema/pattern-slow']);
  });
});

describe('watching', () => {
  /** A watch, what it says next (on either channel), and its end. */
  function watching(...paths: readonly string[]) {
    const ended = new AbortController();
    const said: string[] = [];
    let wake = () => {};
    const hear = (text: string) => {
      said.push(text);
      wake();
    };
    const done = run(['--watch', ...paths], { signal: ended.signal, out: hear, err: hear });
    return {
      async next(pattern: RegExp): Promise<void> {
        for (;;) {
          const text = said.shift();
          if (text === undefined) await new Promise<void>((heard) => (wake = heard));
          else if (pattern.test(text)) return;
        }
      },
      async end(): Promise<number> {
        ended.abort();
        return (await done).code;
      },
    };
  }

  it('checks again when a document changes, until it is ended', async () => {
    write({ 'specs/a.yaml': CLEAN });
    const watch = watching();
    await watch.next(/clean/);
    await watch.next(/Watching/);
    write({ 'specs/a.yaml': `${CLEAN}oparations: {}\n` });
    await watch.next(/did you mean `operations`\?/);
    expect(await watch.end()).toBe(1);
  });

  it('follows a file that an editor puts another one in the place of', async () => {
    write({ 'specs/a.yaml': CLEAN });
    const watch = watching('specs/a.yaml');
    await watch.next(/Watching/);
    for (const [key, meant] of [
      ['oparations', /`operations`/],
      ['chanels', /`channels`/],
    ] as const) {
      write({ 'draft~': `${CLEAN}${key}: {}\n` });
      renameSync(join(folder, 'draft~'), join(folder, 'specs/a.yaml'));
      await watch.next(meant);
    }
    expect(await watch.end()).toBe(1);
  });

  it('follows files below a folder that are replaced, again and again, and folders that come and go', async () => {
    write({ 'specs/shop/a.yaml': CLEAN });
    const watch = watching();
    await watch.next(/Watching/);
    for (const [key, meant] of [
      ['oparations', /`operations`/],
      ['chanels', /`channels`/],
      ['servrs', /`servers`/],
    ] as const) {
      write({ 'draft~': `${CLEAN}${key}: {}\n` });
      renameSync(join(folder, 'draft~'), join(folder, 'specs/shop/a.yaml'));
      await watch.next(meant);
    }
    write({ 'specs/new/deep/b.yaml': `${CLEAN}conponents: {}\n` });
    await watch.next(/`components`/);
    write({ 'specs/new/deep/b.yaml': `${CLEAN}inf: {}\n` });
    await watch.next(/`info`/);
    rmSync(join(folder, 'specs/new'), { recursive: true });
    write({ 'specs/new/c.yaml': `${CLEAN}defaultContentTyp: text/plain\n` });
    await watch.next(/`defaultContentType`/);
    expect(await watch.end()).toBe(1);
  });

  it('says that a changed config takes a new start', async () => {
    write({ 'specs/a.yaml': CLEAN, 'chirograph.config.mjs': 'export default {};\n' });
    const watch = watching();
    await watch.next(/Watching/);
    write({ 'chirograph.config.mjs': 'export default { output: "src" };\n' });
    await watch.next(/chirograph.config.mjs has changed/);
    expect(await watch.end()).toBe(0);
  });

  it('says what it cannot check, and goes on', async () => {
    write({ 'specs/a.yaml': CLEAN });
    const watch = watching();
    await watch.next(/Watching/);
    rmSync(join(folder, 'specs/a.yaml'));
    await watch.next(/there are no contracts at specs/);
    write({ 'specs/a.yaml': CLEAN });
    await watch.next(/clean/);
    expect(await watch.end()).toBe(0);
  });

  it('does not wait for what is not there', async () => {
    const { code, io } = await run(['--watch', 'specs/none.yaml']);
    expect(code).toBe(2);
    expect(io.said()).toContain('there is nothing at specs/none.yaml');
  });
});

describe('wrong use', () => {
  it('of standard input that says nothing, and of files that are no contracts', async () => {
    const empty = await run(['-'], { readStdin: async () => ' \n' });
    expect(empty.code).toBe(2);
    expect(empty.io.said()).toContain('standard input is empty');
    write({ 'values/a.yaml': 'replicas: 3\n', 'values/b.yaml': 'replicas: 4\n' });
    const { code, io } = await run(['values']);
    expect(code).toBe(2);
    expect(io.said()).toContain('none of 2 files is a contract');
  });

  it.each([
    [['--max-warnings', 'many'], 'whole number'],
    [['--format', 'xml'], 'Allowed choices'],
    [['--config', 'gone.ts'], 'no config'],
  ])('%j', async (args, said) => {
    const { code, io } = await run(args);
    expect(code).toBe(2);
    expect(io.said()).toContain(said);
  });
});

it('explains a code, lists all of them, and helps with one that is misspelt', async () => {
  const page = memoryIo(folder);
  expect(await main(['explain', 'message/example-invalid'], page)).toBe(0);
  const file = new URL('../../docs/diagnostics/message/example-invalid.md', import.meta.url);
  expect(page.printed()).toBe(readFileSync(file, 'utf8'));
  const list = memoryIo(folder);
  await main(['explain'], list);
  expect(list.printed()).toMatch(/^reference\/unresolved +error +A reference does not resolve$/m);
  for (const part of list.printed().split(/^In .*$/m)) {
    const areas = [...part.matchAll(/^([\w-]+)\//gm)].map(([, area]) => area);
    const runs = areas.filter((area, index) => area !== areas[index - 1]);
    expect(runs).toEqual([...new Set(areas)]);
  }
  const misspelt = memoryIo(folder);
  expect(await main(['explain', 'message/exampel-invalid'], misspelt)).toBe(2);
  expect(misspelt.said()).toContain('did you mean `message/example-invalid`?');
});
