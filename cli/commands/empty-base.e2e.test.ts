import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

const root = mkdtempSync(join(tmpdir(), 'chirograph-empty-base-'));
afterAll(() => rmSync(root, { recursive: true }));

it.each(['compat', 'changelog', 'version'])(
  '%s has no base in a variable that is not set',
  async (command) => {
    for (const against of ['', '  ']) {
      const io = memoryIo(root);
      expect(await main([command, '--against', against], io)).toBe(2);
      expect(io.said()).toContain(`${command} needs to know`);
    }
  },
);
