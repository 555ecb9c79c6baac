import { folderReader, load } from '@chirograph/contract/load';
import { bundle } from '@chirograph/schema';
import { expect, it } from 'vitest';
import type { CustomerEvent } from './customer.ts';
import { personalPlacesOf } from './personal-places.ts';

const root = new URL('../../..', import.meta.url).pathname;
const { workspace } = load(folderReader(root, ['specs/shop']));

/** Fields of a message's data that the contract marks, in a bundle in which references are local. */
function markedFields(key: string): readonly string[] {
  const message = workspace.messages.find((it) => it.key === key);
  const schema = message?.payload === undefined ? {} : bundle(workspace, message.payload);
  const marked = new Set<string>();
  const walk = (value: unknown, name?: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const resolved = resolve(value);
    if (name !== undefined && 'x-personal-data' in resolved && resolved['x-personal-data'] === true)
      marked.add(name);
    if ('properties' in resolved && typeof resolved.properties === 'object') {
      for (const [field, it] of Object.entries(resolved.properties ?? {})) walk(it, field);
    }
    if ('allOf' in resolved && Array.isArray(resolved.allOf)) for (const it of resolved.allOf) walk(it, name);
  };
  const resolve = (value: object): object => {
    const ref = '$ref' in value && typeof value.$ref === 'string' ? value.$ref : undefined;
    if (ref === undefined) return value;
    const found = ref
      .replace(/^#\//, '')
      .split('/')
      .reduce<unknown>(
        (at, part) => (at as Record<string, unknown>)?.[decodeURIComponent(part.replaceAll('~1', '/'))],
        schema,
      );
    return typeof found === 'object' && found !== null ? found : {};
  };
  walk(schema);
  return [...marked].sort();
}

it.each([
  'CustomerRegistered',
  'CustomerEmailVerified',
  'ShippingAddressAdded',
  'CustomerDataErased',
] as const)('of %s all fields are sealed that the contract marks as personal', (type) => {
  const sealed = personalPlacesOf({ type } as CustomerEvent).flatMap(([first, field]) =>
    first === 'data' && field !== undefined ? [field] : [],
  );
  expect(sealed.toSorted()).toEqual(markedFields(type));
});
