export type { Bindings } from './bindings.ts';
export { bundle, reachableSchemas, referencesOf } from './bundle.ts';
export { certainParts, namesIn, propertyIn, requiredIn, typesOf, VARYING } from './certain.ts';
export { compareVersions } from './compare-versions.ts';
export { fieldSchemas } from './fields.ts';
export type { Flow, FlowStep } from './flow.ts';
export type { Gap } from './gap.ts';
export { type Image, imageOf } from './image.ts';
export { type LaterKeyword, laterKeywords } from './later-keywords.ts';
export { type Location, type NodeId, nodeId } from './location.ts';
export { addressOf } from './meeting/address.ts';
export { type Endpoint, endpointsOf } from './meeting/endpoint.ts';
export { identitiesOf, identityOf, type MessageIdentity } from './meeting/identities.ts';
export type { Edge } from './meeting/match-messages.ts';
export { type Meeting, meetingOf } from './meeting/meeting.ts';
export { serversOverlap } from './meeting/servers-overlap.ts';
export { mergedSchema, tighter } from './merged-schema.ts';
export {
  type Deprecation,
  ENVELOPE_PARTS,
  type Envelope,
  type EnvelopePart,
  type Message,
  type MessageContract,
  type MessageExample,
  type MessageKind,
  type MessageLayer,
  type MessagePath,
  type RetrySchedule,
  type Upcast,
  type Volume,
} from './message.ts';
export { numberRange } from './number-range.ts';
export { oncePer, oncePerPair } from './once-per.ts';
export type { Parameter } from './parameter.ts';
export { regExpOf } from './pattern.ts';
export {
  carriedBy,
  consumersOf,
  messagesOf,
  operationsOf,
  sendersOf,
  versionsOf,
} from './relations.ts';
export { type FieldChange, type Reshaping, reshapingOf } from './reshaping.ts';
export {
  examplesOf,
  type ListPlan,
  listPlan,
  type MapPlan,
  mapPlan,
  numberAt,
  propertySchema,
  requiredOf,
  sampledType,
  type TextPlan,
  textPlan,
} from './sampling.ts';
export type { Dialect, JsonSchema, Schema, SchemaObject } from './schema.ts';
export { isSchema, mapSubschemas, type Subschema, subschemas } from './subschemas.ts';
export {
  ownerWithin,
  type TextPlace,
  type TextShape,
  type TextSubject,
  type TextWord,
  textSubject,
} from './text-subject.ts';
export { stepsFrom, type UpcastStep, upcastSteps } from './upcast-steps.ts';
export type {
  Channel,
  Domain,
  Operation,
  Reply,
  Server,
  Service,
  Workspace,
} from './workspace.ts';
