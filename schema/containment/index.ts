/** The public face of the containment engine. */
export { type Containment, type ContainmentOptions, DEFAULT_STEPS, type Formats } from './containment.ts';
export { decidePair, type Mode, type Pair, type PairOptions, type PairVerdict } from './decide-batch.ts';
export { assertsFormats, decideContainment, isContained } from './decide-containment.ts';
