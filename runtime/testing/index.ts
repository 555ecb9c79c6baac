/** What tests of event-driven code need: a bus that settles, hands for the clock, and words for expectations. */
export { type EventMatchers, eventMatchers } from './event-matchers.ts';
export { type FlowOptions, type FlowStep, flowDifferences } from './flow.ts';
export { type ManualClock, manualClock } from './manual-clock.ts';
export {
  COVERAGE_FOLDER,
  COVERAGE_SESSION,
  type CoverageRecorder,
  recordCoverage,
} from './record-coverage.ts';
export { type PublishedMessage, type RecordingPublisher, recordingPublisher } from './recording-publisher.ts';
export { type Given, specification, type Then, type When } from './specification.ts';
export { type TestBus, type TestBusOptions, testBus } from './test-bus.ts';
export { type WatchedStore, watchedStore } from './watched-store.ts';
