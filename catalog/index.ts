export { backstageOf } from './backstage/backstage-of.ts';
export type * from './data/catalog.ts';
export { catalogFiles } from './data/catalog-files.ts';
export { type Catalog, type CatalogOptions, catalogOf, type Release } from './data/catalog-of.ts';
export { eventCatalogOf } from './eventcatalog/eventcatalog-of.ts';
export type { GeneratedFile } from './generated-file.ts';
export type { PeoplePage } from './site/pages/people-page.ts';
export { siteFiles, siteOf } from './site/site-files.ts';
