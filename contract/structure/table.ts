import { readFileSync } from 'node:fs';
import type { JsonSchema } from '@chirograph/schema';

/**
 * Structure: whether a document has the shape that its version of AsyncAPI gives it, `x-contract` included, and in
 * people's words what is wrong where it has not. The tables are made from the official meta-schemas (tables/make.ts).
 */

/** The versions of AsyncAPI that are read. */
export const VERSIONS = [
  '2.0.0',
  '2.1.0',
  '2.2.0',
  '2.3.0',
  '2.4.0',
  '2.5.0',
  '2.6.0',
  '3.0.0',
  '3.1.0',
] as const;

export type AsyncApiVersion = (typeof VERSIONS)[number];

/** True for a version that is read. */
export function isVersion(version: unknown): version is AsyncApiVersion {
  return VERSIONS.some((it) => it === version);
}

/** The schemas of bindings by their names (`bindings/kafka/0.5.0/channel`), and what they refer to. */
export function readBindings(): Readonly<Record<string, JsonSchema>> {
  return { ...readTable('3.1.0'), ...readTable('bindings-2') };
}

/** The definitions of a version by their names; `3.1.0/asyncapi` is a document. Read from disk when asked for. */
export function readTable(name: AsyncApiVersion | 'bindings-2'): Readonly<Record<string, JsonSchema>> {
  // By way of the folder, so that it is found from a bundle beside it as well (packaging/bundle.ts).
  const file = new URL(`../structure/tables/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, JsonSchema>;
}
