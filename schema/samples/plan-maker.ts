import { referencedParts } from '../combine/all-of-parts.ts';
import { mergedSchema } from '../combine/merge-parts.ts';
import { type Evaluator, evaluator } from '../evaluate/evaluate.ts';
import { isObject } from '../json/json-value.ts';
import { keywordRow } from '../keywords/keyword-table.ts';
import type { JsonSchema, SchemaObject, Schemas } from '../keywords/schema.ts';
import { isSchema } from '../keywords/subschemas.ts';
import { backtracksExponentially } from '../patterns/backtracking.ts';
import { itemsOf } from './items.ts';
import { allowedValues, examplesOf, numberAt, sampledType } from './keyword-values.ts';
import { entriesOf, propertySchema, requiredOf } from './members.ts';
import { numberPlan } from './number-plan.ts';
import type { PropertyPlan, SamplePlan } from './sample-plan.ts';
import { formatPlan, textPlan } from './text-plan.ts';
import { ownerWithin, type TextPlace } from './text-subject.ts';
import { type Trial, Trials } from './trials.ts';
import { conditionalWays } from './ways.ts';

/** What a plan is made for. */
interface Place extends TextPlace {
  /** The schemas whose plans are written out around this one. */
  readonly around: ReadonlySet<string>;
  readonly targets: Set<string>;
}

/** A plan before anybody asked whether it ends, and the schemas that it refers to. */
export interface MadePlan {
  readonly plan: SamplePlan;
  readonly targets: ReadonlySet<string>;
}

/**
 * Plans as the keywords tell them, before anybody asks whether they end. `not` and the like are left to chance: most values
 * meet them, and a value that is made is checked.
 */
export class PlanMaker {
  readonly #schemas: Schemas;
  readonly #evaluator: Evaluator;
  readonly #named = new Map<string, MadePlan>();
  /** Given where plans are to be tried. */
  readonly trials: Trials | undefined;

  constructor(schemas: Schemas, trial?: Trial) {
    this.#schemas = schemas;
    this.#evaluator = evaluator(
      (id) => schemas.schemas[id]?.json,
      (pattern) => !backtracksExponentially(pattern),
    );
    this.trials = trial && new Trials(schemas, this.#evaluator, trial);
  }

  plan(schema: JsonSchema, name: string): MadePlan {
    return this.#make(schema, name, new Set());
  }

  named(id: string): MadePlan {
    const found = this.#named.get(id);
    if (found) return found;
    const { json = true, name = '' } = this.#schemas.schemas[id] ?? {};
    const made = this.#make(json, name, new Set([id]));
    this.#named.set(id, made);
    return made;
  }

  #make(schema: JsonSchema, name: string, around: ReadonlySet<string>): MadePlan {
    const targets = new Set<string>();
    return { plan: this.#plan(schema, { name, owner: '', around, targets }), targets };
  }

  #plan(schema: JsonSchema, place: Place): SamplePlan {
    const id = referenceOf(schema);
    if (id !== undefined) return this.#referred(id, place);
    const parts = referencedParts(this.#schemas.schemas, schema);
    // What is merged is written out: a part of what stands around it would be written without end.
    if ([...parts].some((it) => place.around.has(merged(it)))) return NOTHING;
    const around = parts.size === 0 ? place.around : new Set([...place.around, ...[...parts].map(merged)]);
    const whole = mergedSchema(this.#schemas, schema);
    const inner = { ...place, around };
    const plan = this.#byValue(whole, inner);
    return isPatterned(whole) && isText(plan) ? this.#tried(schema, whole, plan, inner) : plan;
  }

  /** A schema of several parts may hold more patterns than the one that its whole tells. */
  #tried(schema: JsonSchema, whole: SchemaObject, plan: SamplePlan, place: Place): SamplePlan {
    const byFormat = formatPlan(whole, place);
    return this.trials?.text(schema, byFormat ? [plan, byFormat] : [plan]) ?? plan;
  }

  /** Objects and unions have plans of their own, and so has what contains itself; the rest is written out. */
  #referred(id: string, place: Place): SamplePlan {
    const { json = true } = this.#schemas.schemas[id] ?? {};
    const further = referenceOf(json);
    if (further !== undefined && !place.around.has(id))
      return this.#referred(further, { ...place, around: new Set([...place.around, id]) });
    const whole = mergedSchema(this.#schemas, json);
    const isLarge =
      typeof whole === 'object' && (sampledType(whole) === 'object' || 'oneOf' in whole || 'anyOf' in whole);
    if (!isLarge && !place.around.has(id))
      return this.#plan(json, { ...place, around: new Set([...place.around, id]) });
    place.targets.add(id);
    return { kind: 'named', id };
  }

  #byValue(json: JsonSchema, place: Place): SamplePlan {
    if (typeof json === 'boolean') return json ? ANYTHING : NOTHING;
    if (json.const !== undefined) return { kind: 'pick', values: [json.const] };
    if (Array.isArray(json.enum)) return { kind: 'pick', values: allowedValues(json) };
    // What a schema calls an example and refuses is none.
    const examples = examplesOf(json).filter((it) => this.#evaluator.matches(json, it));
    const otherwise = this.#byKeywords(json, place);
    return examples.length === 0 ? otherwise : { kind: 'example', examples, otherwise };
  }

  #byKeywords(json: SchemaObject, place: Place): SamplePlan {
    // Of a schema with both, one stays beside each branch of the other.
    const choice = ['oneOf', 'anyOf'].find((it) => Array.isArray(json[it]));
    if (choice !== undefined) {
      const { [choice]: branches, ...shared } = json;
      const isBare = saysNothing(shared);
      return this.#ways(
        [branches]
          .flat()
          .filter(isSchema)
          .map((it) => (isBare ? it : { allOf: [shared, it] })),
        place,
      );
    }
    const conditional = conditionalWays(json);
    if (conditional) return this.#ways(conditional, place);
    const plan = this.#byType(json, place);
    const isNullable = [json.type].flat().includes('null') && sampledType(json) !== 'null';
    return isNullable ? { kind: 'nullable', plan } : plan;
  }

  #ways(schemas: readonly JsonSchema[], place: Place): SamplePlan {
    const ways = schemas.map((it) => this.#plan(it, place));
    const constants = ways.flatMap((it) => (it.kind === 'pick' && it.values.length === 1 ? it.values : []));
    return constants.length === ways.length ? { kind: 'pick', values: constants } : { kind: 'ways', ways };
  }

  #byType(json: SchemaObject, place: Place): SamplePlan {
    switch (sampledType(json)) {
      case 'object':
        return this.#object(json, place);
      case 'array':
        return this.#list(json, place);
      case 'string':
        return textPlan(json, place);
      case 'integer':
        return numberPlan(json, place.name, true);
      case 'number':
        return numberPlan(json, place.name, false);
      case 'boolean':
        return { kind: 'boolean' };
      case 'null':
        return { kind: 'pick', values: [null] };
      default:
        return ANYTHING;
    }
  }

  #object(json: SchemaObject, place: Place): SamplePlan {
    const required = new Set(requiredOf(json));
    const named = isObject(json.properties) ? Object.keys(json.properties) : [];
    const properties = [...new Set([...named, ...required])].map((name): PropertyPlan => {
      const inner = { ...place, name, owner: ownerWithin(place) };
      const use = required.has(name) ? 'always' : 'maybe';
      return { name, plan: this.#plan(propertySchema(json, name), inner), use };
    });
    const told = entriesOf(json);
    const entries = told && {
      ...told,
      key: told.key === undefined ? ANYTHING : this.#plan(told.key, place),
      value: this.#plan(told.value, place),
    };
    const plan: SamplePlan = { kind: 'object', properties, entries };
    const canBeEmpty = properties.length === 0 && (numberAt(json, 'minProperties') ?? 0) === 0;
    return canBeEmpty && entries ? { kind: 'deeper', plan, otherwise: { kind: 'pick', values: [{}] } } : plan;
  }

  #list(json: SchemaObject, place: Place): SamplePlan {
    const told = itemsOf(json);
    if (told.tuple) return { kind: 'tuple', items: told.tuple.map((it) => this.#plan(it, place)) };
    const [item, { min, max }] = [this.#plan(told.item, place), told];
    if (json.uniqueItems === true && item.kind === 'pick') {
      const most = Math.min(numberAt(json, 'maxItems') ?? max, item.values.length);
      return { kind: 'subset', values: item.values, min: Math.min(min, most), max: most };
    }
    const contained = told.contained && this.#plan(told.contained.schema, place);
    const also = Array<SamplePlan>(told.contained?.count ?? 0).fill(contained ?? ANYTHING);
    const plan: SamplePlan = { kind: 'list', item, min, max, also };
    const canBeEmpty = (numberAt(json, 'minItems') ?? 0) === 0 && also.length === 0;
    return canBeEmpty ? { kind: 'deeper', plan, otherwise: { kind: 'pick', values: [[]] } } : plan;
  }
}

const ANYTHING: SamplePlan = { kind: 'text', min: 3, max: 12 };
const NOTHING: SamplePlan = { kind: 'pick', values: [] };

function isPatterned(schema: JsonSchema): schema is SchemaObject {
  return typeof schema === 'object' && typeof schema.pattern === 'string';
}

/** Text that is made up, or for which there is no plan; not one of some values. */
function isText(plan: SamplePlan): boolean {
  if (plan.kind === 'pick') return plan.values.length === 0;
  return plan.kind === 'matching' || plan.kind === 'shape' || plan.kind === 'word';
}

/** What a schema is known by that is merged into another, told apart from one that is written out for a reference. */
function merged(id: string): string {
  return `+${id}`;
}

/** Where a schema leads that is a reference, alone or with a description beside it. */
function referenceOf(schema: JsonSchema): string | undefined {
  if (typeof schema === 'boolean') return undefined;
  const { $ref, allOf, ...own } = schema;
  if (!saysNothing(own)) return undefined;
  const parts = Array.isArray(allOf) ? allOf.filter(isSchema).filter((it) => !saysNothing(it)) : [];
  if (typeof $ref === 'string') return parts.length === 0 ? $ref : undefined;
  const [only, ...others] = parts;
  return only !== undefined && others.length === 0 ? referenceOf(only) : undefined;
}

/** Whether a schema describes rather than constrains. */
function saysNothing(schema: JsonSchema): boolean {
  if (typeof schema === 'boolean') return schema;
  return Object.keys(schema).every((it) => {
    const role = keywordRow(it)?.role;
    return role === undefined || role === 'annotation' || role === 'identity';
  });
}
