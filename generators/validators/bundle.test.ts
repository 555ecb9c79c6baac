import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { describe, expect, it } from 'vitest';

const GENERATED = join(import.meta.dirname, '../../generated');

/** What a browser is given of a module. */
async function bundle(code: string): Promise<string> {
  const entry = 'virtual:entry';
  const built = await rolldown({
    input: entry,
    platform: 'browser',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? code : null),
      },
    ],
  });
  const { output } = await built.generate({ format: 'esm', minify: true });
  expect(output).toHaveLength(1);
  return output[0].code;
}

describe('generated validators in a bundle', { timeout: 60_000 }, () => {
  it('cost what is used of them', async () => {
    const one = await bundle(`export { isCartCleared } from '${GENERATED}/shop/validators.ts'`);
    const all = await bundle(`export * from '${GENERATED}/shop/validators.ts'`);
    console.log(one.length, all.length);
    expect(one.length).toBeLessThan(24_000);
    expect(one.length).toBeLessThan(all.length / 16);
    expect(one).not.toMatch(/from"/);
  });

  it('let one contract, or one sample, cost no more than itself', async () => {
    const one = await bundle(`export { isCartCleared } from '${GENERATED}/shop/validators.ts'`);
    const contract = await bundle(`export { parseCartCleared } from '${GENERATED}/shop/messages.ts'`);
    const sample = await bundle(`export { cartCleared } from '${GENERATED}/shop/samples.ts'`);
    // Beside the validator: what a violation says, and where the envelope stands; then what samples are made of.
    expect([contract, sample].map((it) => it.includes('shop.order.placed'))).toEqual([false, false]);
    expect(contract.length - one.length).toBeLessThan(4_000);
    expect(sample.length - one.length).toBeLessThan(16_000);
  });

  it('run where no code may be made from text, and check formats in full', async () => {
    const code = await bundle(`
      import { pointsEarned } from '${GENERATED}/loyalty/samples.ts';
      import { parsePointsEarned } from '${GENERATED}/loyalty/messages.ts';
      import { isPointsEarned as is } from '${GENERATED}/loyalty/validators.ts';
      const sample = pointsEarned.sample();
      const said = [is(sample), is({ ...sample, timestamp: '2026-02-30T00:00:00Z' })];
      const { version, vendor, validate } = is['~standard'];
      said.push([version, vendor, validate(sample).value === sample], validate({ ...sample, version: '9.9' }).issues);
      try { parsePointsEarned({ ...sample, version: '9.9' }); } catch (error) { said.push(error.message); }
      console.log(JSON.stringify(said));
    `);
    const folder = mkdtempSync(join(tmpdir(), 'chirograph-bundle-'));
    try {
      writeFileSync(join(folder, 'bundle.mjs'), code);
      const flags = ['--disallow-code-generation-from-strings', join(folder, 'bundle.mjs')];
      const { stdout, stderr } = spawnSync(process.execPath, flags, { encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual([
        true,
        false,
        [1, 'chirograph', true],
        [{ message: 'should be "2.0", found "9.9"', path: ['version'] }],
        expect.stringContaining('/version should be "2.0"'),
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
