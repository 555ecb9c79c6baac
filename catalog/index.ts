export { eventCatalogOf } from './eventcatalog/eventcatalog-of.ts';
export type { GeneratedFile } from './generated-file.ts';
