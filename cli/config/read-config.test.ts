import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

describe('a config', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chirograph-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['{ spcs: "specs" }', '`spcs` is not a key of chirograph.config.mjs; did you mean `specs`?'],
    ['{ specs: 3 }', '`specs` in chirograph.config.mjs must be a path or a list of paths'],
    ['{ lint: { rules: { "message/no-sender": "off" } } }', 'severities of codes stand under `severities`'],
    ['{ lint: { presets: "strict" } }', 'did you mean `preset`?'],
  ])('%s is refused with a reason', async (config, reason) => {
    writeFileSync(join(folder, 'chirograph.config.mjs'), `export default ${config};\n`);
    const io = memoryIo(folder);
    expect(await main(['validate'], io)).toBe(2);
    expect(io.said()).toContain(reason);
  });

  it('that names a place without contracts says so', async () => {
    writeFileSync(join(folder, 'chirograph.config.mjs'), 'export default { specs: "." };\n');
    const io = memoryIo(folder);
    expect(await main(['list'], io)).toBe(2);
    expect(io.said()).toContain('there are no contracts at .');
  });
});
