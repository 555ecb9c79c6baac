import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'accepted-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const doc = (more = '', document = '') => `asyncapi: 3.0.0
info: { title: A, version: '1', contact: { name: A } }
${document}channels:
  c:
    address: c
    messages:
      M: { name: m, payload: { type: object }${more} }
operations:
  o: { action: send, channel: { $ref: '#/channels/c' } }
`;

async function validate(files: Readonly<Record<string, string>>) {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const io = memoryIo(root);
  const code = await main(['validate', '--format', 'json'], io);
  const found =
    io.printed() === ''
      ? undefined
      : (JSON.parse(io.printed()) as { diagnostics: { code: string }[]; accepted: number });
  return { code, codes: found?.diagnostics.map((it) => it.code), accepted: found?.accepted, err: io.said() };
}

const CODE = 'message/no-description';

describe('x-contract-ignore', () => {
  it.each([
    ['beside the finding', doc(`, x-contract-ignore: { ${CODE}: internal }`)],
    ['around it', doc('', `x-contract-ignore: { ${CODE}: internal }\n`)],
  ])('accepts %s', async (_, text) => {
    expect(await validate({ 'specs/d/a.yaml': text })).toMatchObject({ code: 0, codes: [], accepted: 1 });
  });

  it('accepts nothing elsewhere, and no other code', async () => {
    const files = {
      'specs/d/a.yaml': doc(`, x-contract-ignore: { message/no-sender: internal }`),
      'specs/d/b.yaml': doc(`, x-contract-ignore: { ${CODE}: internal }`).replaceAll(
        'address: c',
        'address: d',
      ),
    };
    expect(await validate(files)).toMatchObject({ codes: [CODE], accepted: 1 });
  });

  it.each([
    ['a code that there is not', `{ ${CODE}s: x }`],
    ['no reason', `{ ${CODE}: '' }`],
    ['no object', 'true'],
  ])('refuses %s', async (_, ignore) => {
    const { code, codes } = await validate({ 'specs/d/a.yaml': doc(`, x-contract-ignore: ${ignore}`) });
    expect(code).toBe(1);
    expect(codes).toContain('document/ignore-invalid');
    expect(codes).toContain(CODE);
  });
});

describe('lint.ignore', () => {
  const config = (ignore: string) => `export default { lint: { ignore: [${ignore}] } };\n`;
  const two = { 'specs/d/a.yaml': doc(), 'specs/e/b.yaml': doc().replaceAll('address: c', 'address: d') };

  it.each([
    ['a domain', `{ code: '${CODE}', domain: 'd', reason: 'x' }`],
    ['a file', `{ code: '${CODE}', files: 'specs/d/a.yaml', reason: 'x' }`],
    ['a folder', `{ code: '${CODE}', files: 'specs/d', reason: 'x' }`],
    ['a pattern', `{ code: '${CODE}', files: 'specs/d/*.yaml', reason: 'x' }`],
  ])('accepts the findings of %s', async (_, ignore) => {
    expect(await validate({ ...two, 'chirograph.config.mjs': config(ignore) })).toMatchObject({
      codes: [CODE],
      accepted: 1,
    });
  });

  it.each([
    [`{ code: '${CODE}', domain: 'd' }`, 'without a reason'],
    [`{ code: '${CODE}', reason: 'x' }`, 'is not said'],
    [`{ code: 'message/no-descripton', domain: 'd', reason: 'x' }`, 'did you mean'],
    [`{ code: '${CODE}', domian: 'd', reason: 'x' }`, 'did you mean `domain`'],
  ])('refuses %s', async (ignore, message) => {
    const { code, err } = await validate({ ...two, 'chirograph.config.mjs': config(ignore) });
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
