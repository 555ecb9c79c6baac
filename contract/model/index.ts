export type { Bindings } from './bindings.ts';
export { type ByteLimits, type Carriage, carriageOf, charsetOf, isTextType } from './carriage.ts';
export { compareVersions } from './compare-versions.ts';
export { fieldSchemas } from './fields.ts';
export type { FailureAction, Flow, FlowStep } from './flow.ts';
export type { Gap } from './gap.ts';
export { type Image, imageOf } from './image.ts';
export { type NodeId, nodeId } from './location.ts';
export { addressOf } from './meeting/address.ts';
export { carriersOverlap } from './meeting/carriers-overlap.ts';
export { type Endpoint, endpointsOf, endsOf } from './meeting/endpoint.ts';
export { identitiesOf, identityOf, type MessageIdentity } from './meeting/identities.ts';
export { type Edge, isPlaced } from './meeting/match-messages.ts';
export { type Meeting, meetingOf } from './meeting/meeting.ts';
export { typeMarksOf } from './meeting/message-type.ts';
export { type Near, nearTo } from './meeting/near.ts';
export { serversOverlap } from './meeting/servers-overlap.ts';
export {
  CONTRACT_KEYS,
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
export { isNeighbours, type NeighbourOf, ownPartOf, withNeighbours } from './neighbours.ts';
export { oncePer, oncePerPair } from './once-per.ts';
export type { Parameter } from './parameter.ts';
export {
  addressesOf,
  carriedBy,
  consumersOf,
  messagesOf,
  operationsOf,
  sendersOf,
  versionsOf,
} from './relations.ts';
export { type FieldChange, type Reshaping, reshapingOf } from './reshaping.ts';
export type { Ignored, Schema } from './schema.ts';
export { stepsFrom, type UpcastStep, upcastSteps } from './upcast-steps.ts';
export type {
  Channel,
  Contact,
  Domain,
  Operation,
  Reply,
  Server,
  Service,
  Workspace,
} from './workspace.ts';
