/** Schemas together: all that apply to one value, what they declare, and one document of all. */
export { documentOf, META_SCHEMAS } from '../bundle/document-of.ts';
export {
  below,
  type Conjunct,
  childrenAt,
  conjunctsOf,
  type Definitions,
  expand,
  hasChild,
  keysOf,
  layered,
  type SchemaPlace,
  tupleSize,
  valuesOf,
} from './conjuncts.ts';
export { declared, type Rooted } from './declared.ts';
