export { checkStructure } from './check-structure.ts';
export { type Major, type MajorVersion, majorVersionOf } from './major-version.ts';
export { forgetMeantKeys, withMeantKeys, writtenKey } from './meant-keys.ts';
export { checkSchemaShape } from './schema-shape.ts';
export { type AsyncApiVersion, isVersion, VERSIONS } from './table.ts';
