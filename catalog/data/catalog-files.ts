import type { GeneratedFile } from '../generated-file.ts';
import schema from './catalog.schema.json' with { type: 'json' };
import type { Catalog } from './catalog-of.ts';

/** The catalog as files: `catalog.json`, the schema of all of them, and one file a thing. One after the other. */
export function* catalogFiles(catalog: Catalog): Generator<GeneratedFile> {
  const { index } = catalog;
  yield { path: 'catalog.json', text: json(index) };
  yield { path: 'catalog.schema.json', text: json(schema) };
  yield { path: 'glossary.json', text: json({ terms: catalog.terms }) };
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
    for (const { id } of rows) yield { path: `${id}.json`, text: json(record(id)) };
  }
}

/** Compact: there are thousands of these files, and programs read them. */
function json(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
