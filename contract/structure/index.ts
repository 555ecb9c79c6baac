export { checkStructure } from './check-structure.ts';
export { type Major, type MajorVersion, majorVersionOf } from './major-version.ts';
export { type AsyncApiVersion, isVersion, VERSIONS } from './table.ts';
