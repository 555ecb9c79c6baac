export { checkStructure } from './check-structure.ts';
export { type AsyncApiVersion, isVersion, VERSIONS } from './table.ts';
