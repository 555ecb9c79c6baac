/** Sample plans: how a value of a schema is made up, as data. Who follows one prints code or draws values. */
export { draw, type ShapedSource } from './draw.ts';
export { foundValues } from './found-values.ts';
export { allowedValues } from './keyword-values.ts';
export type {
  EntriesPlan,
  NumberPlan,
  ObjectPlan,
  PropertyPlan,
  SamplePlan,
  TextPlan,
} from './sample-plan.ts';
export { type SamplePlanner, samplePlanner } from './samples-of.ts';
export type { TextShape, TextSubject, TextWord } from './text-subject.ts';
export type { Trial } from './trials.ts';
