import type { GeneratedFile } from '../generated-file.ts';
import { printable } from '../text/printable.ts';
import schema from './catalog.schema.json' with { type: 'json' };
import type { Catalog } from './catalog-of.ts';

/** The catalog as files: `catalog.json`, the schema of all of them, and one file a thing. One after the other. */
export function* catalogFiles(catalog: Catalog): Generator<GeneratedFile> {
  for (const [path, make] of indexFiles(catalog)) yield { path, text: printable(path, make()) };
  const { index } = catalog;
  const shards = [
    [index.domains, catalog.domain],
    [index.services, catalog.service],
    [index.messages, catalog.message],
    [index.channels, catalog.channel],
    [index.flows, catalog.flow],
    [index.owners, catalog.owner],
    [index.comparisons, catalog.comparison],
  ] as const;
  for (const [rows, record] of shards) {
    for (const { id } of rows) {
      const path = `${id}.json`;
      yield { path, text: printable(path, compactJson(record(id))) };
    }
  }
}

/** The files that are about the catalog as a whole. */
export function indexFiles(catalog: Catalog): (readonly [path: string, make: () => string])[] {
  return [
    ['catalog.json', () => compactJson(catalog.index)],
    ['catalog.schema.json', () => compactJson(schema)],
    ['glossary.json', () => compactJson({ terms: catalog.terms })],
  ];
}

/** There are thousands of these files, and programs read them. */
export function compactJson(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
