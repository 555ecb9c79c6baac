export { catalogOf } from './catalog-of.ts';
export type { GeneratedFile } from './generated-file.ts';
