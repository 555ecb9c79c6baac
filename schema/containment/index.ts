/** The public face of the containment engine. */
export { type Containment, type ContainmentOptions, DEFAULT_STEPS } from './containment.ts';
export { decidePair, type Mode, type Pair, type PairVerdict } from './decide-batch.ts';
export { decideContainment, isContained } from './decide-containment.ts';
