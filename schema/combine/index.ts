/** Schemas together: all that apply to one value, what they declare, and one document of all. */
export { documentOf, META_SCHEMAS } from '../bundle/document-of.ts';
export {
  allOfParts,
  certainParts,
  namesIn,
  ownKeywords,
  propertyIn,
  referencedParts,
  requiredIn,
  type SchemaPart,
  type SchemaPlace,
  typesOf,
  VARYING,
} from './all-of-parts.ts';
export { declared, type Rooted } from './declared.ts';
export {
  BOUNDS,
  conjoin,
  eachProperty,
  isAnnotation,
  mergedSchema,
  mergeParts,
  type Reconcile,
  strictly,
} from './merge-parts.ts';
export {
  below,
  childrenAt,
  type Definitions,
  hasChild,
  keysOf,
  layered,
  tupleSize,
  valuesOf,
} from './part-values.ts';
