import { globSync } from 'node:fs';
import type { Validator } from '@chirograph/runtime/contract';
import type { Samples } from '@chirograph/runtime/samples';
import { describe, expect, it } from 'vitest';

/** The samples of every domain against the validators of that domain, which were generated apart from them. */
describe.each(globSync('*/samples.ts', { cwd: import.meta.dirname }).sort())('%s', async (path) => {
  const samples: Record<string, Samples<unknown>> = await import(`./${path}`);
  const guards: Record<string, Validator<unknown>> = await import(`./${path.replace('samples', 'validators')}`);

  it.each(Object.keys(samples))('%s', (name) => {
    const isValid = guards[`is${name.charAt(0).toUpperCase()}${name.slice(1)}`]!;
    for (const sample of samples[name]!.list(50)) {
      expect(isValid(JSON.parse(JSON.stringify(sample))) || isValid.errors).toBe(true);
    }
    expect(samples[name]!.list(5)).toEqual(samples[name]!.list(5));
    for (const { value, name: title, pointer, change, violations } of samples[name]!.invalids(20)) {
      expect(isValid(value), title).toBe(false);
      expect(title).toBe(`${pointer || 'the message'}: ${change}`);
      // It is refused for what was done: there, within it, or by what holds it.
      const about = violations.filter((it) => it.pointer.startsWith(pointer) || pointer.startsWith(it.pointer));
      expect(about, title).not.toEqual([]);
    }
  });
});
