export {
  type PublishedMessage,
  type RecordingPublisher,
  recordingPublisher,
} from '../testing/recording-publisher.ts';
export type { Change, Neighbour, PointerInto } from './neighbour.ts';
export { recorded } from './recorded.ts';
export { type Sampler, sampler } from './sampler.ts';
export { type Overrides, type Samples, samples, samplesFromWire } from './samples.ts';
