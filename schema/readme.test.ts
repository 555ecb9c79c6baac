import { readFileSync } from 'node:fs';
import * as containment from '@chirograph/schema/containment';
import { expect, it } from 'vitest';
import * as schema from './index.ts';

const README = readFileSync(new URL('README.md', import.meta.url), 'utf8');
const EXAMPLES = [...README.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);

/** Runs an example; each line with `// =>` is held to what stands there. */
function outcomes(code: string): readonly (readonly [unknown, unknown])[] {
  const body = code
    .replace(/^import .*$/gm, '')
    .replace(/^(const (\w+) = .*?);? \/\/ => (.*)$/gm, '$1; found.push([$2, $3]);')
    .replace(/^([^\n]*?);? \/\/ => (.*)$/gm, 'found.push([$1, $2]);');
  const names = { ...schema, ...containment };
  const found: [unknown, unknown][] = [];
  new Function('found', ...Object.keys(names), body)(found, ...Object.values(names));
  return found;
}

it('has three examples', () => {
  expect(EXAMPLES).toHaveLength(3);
});

it.each(EXAMPLES)('%s', (code) => {
  const found = outcomes(code);
  expect(found.length).toBeGreaterThan(0);
  for (const [is, said] of found) expect(is).toEqual(said);
});
