/** Sample plans: what a value of a schema can be made from, as data. */
export { type NumberPlan, numberPlan } from './number-plan.ts';
export {
  conditionalWays,
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
} from './plan.ts';
export {
  ownerWithin,
  type TextPlace,
  type TextShape,
  type TextSubject,
  type TextWord,
  textSubject,
} from './text-subject.ts';
