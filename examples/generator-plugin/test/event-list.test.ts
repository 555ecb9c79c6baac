import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

test('writes the type of each event, and what it writes compiles', () => {
  execFileSync('npx', ['chirograph', 'generate']);
  const text = readFileSync('generated/shop/event-list.ts', 'utf8');
  assert.match(text, /import type \{ OrderPlaced \} from '\.\/types\.ts';/);
  assert.match(text, /'shop\.order\.placed 1\.0': OrderPlaced;/);

  writeFileSync(
    'generated/use.ts',
    "import type { EventList } from './shop/event-list.ts';\nexport const total = (it: EventList['shop.order.placed 1.0']): number => it.totalCents;\n",
  );
  execFileSync('npx', ['tsc', '--project', 'tsconfig.json', '--noEmit']);
});

test('is current when nothing changed', () => {
  execFileSync('npx', ['chirograph', 'generate', '--check']);
});
