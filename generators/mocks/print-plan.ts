import type { JsonValue } from '@chirograph/schema';
import type { EntriesPlan, ObjectPlan, SamplePlan } from '@chirograph/schema/samples';
import { type Code, joined } from '../source/source-file.ts';
import { quote } from '../source/text.ts';
import { literal, propertyKey } from '../source/value.ts';

/** Prints a plan as code in the words of the runtime's `Sampler`; a mock that draws by the plan gets the same values. */
export interface PlanPrinter {
  /** Code for the plan of another schema, such as a call of its function. */
  named(id: string): Code;
}

export function printPlan(plan: SamplePlan, printer: PlanPrinter, indent = ''): Code {
  const print = (it: SamplePlan, at = indent): Code => printPlan(it, printer, at);
  const lambda = (it: SamplePlan, at = indent): Code => ['() => ', asBody(print(it, at))];
  switch (plan.kind) {
    case 'pick':
      return pick(plan.values, indent);
    case 'example':
      return [`r.example(${literal(plan.examples, indent)}, `, lambda(plan.otherwise), ')'];
    case 'boolean':
      return 'r.boolean()';
    case 'number': {
      const { min, max, step } = plan;
      if (step === 1) return `r.integer(${min}, ${max})`;
      return step === 0.01 ? `r.number(${min}, ${max})` : `r.number(${min}, ${max}, ${step})`;
    }
    case 'shape':
      return `r.${plan.shape}(${plan.when === undefined ? '' : quote(plan.when)})`;
    case 'word':
      return `r.word(${quote(plan.word)})`;
    case 'text':
      return `r.text(${plan.min}, ${plan.max})`;
    case 'matching': {
      const { pattern, min, max } = plan;
      const bounds = max === undefined ? (min === undefined ? [] : [min]) : [min ?? 0, max];
      return `r.matching(${[quote(pattern), ...bounds].join(', ')})`;
    }
    case 'object':
      return printObject(plan, printer, indent);
    case 'list': {
      const also = plan.also.map((it): Code => [', ', lambda(it)]);
      return [`r.list(${plan.min}, ${plan.max}, `, lambda(plan.item), ...also, ')'];
    }
    case 'tuple':
      return [
        '[',
        joined(
          plan.items.map((it) => print(it)),
          ', ',
        ),
        ']',
      ];
    case 'subset':
      return `r.subset(${literal(plan.values)}, ${plan.min}, ${plan.max})`;
    case 'ways': {
      const inner = `${indent}  `;
      return [
        'r.oneOf([\n',
        ...plan.ways.map((it): Code => [inner, lambda(it, inner), ',\n']),
        `${indent}])`,
      ];
    }
    case 'nullable':
      return ['r.orNull(', lambda(plan.plan), ')'];
    case 'named':
      return printer.named(plan.id);
    case 'deeper':
      return ['r.deeper(', lambda(plan.plan), ') ?? ', print(plan.otherwise)];
  }
}

function printObject({ properties, entries }: ObjectPlan, printer: PlanPrinter, indent: string): Code {
  const inner = `${indent}  `;
  const rows = properties.map(({ name, plan, use }): Code => {
    const value = printPlan(plan, printer, inner);
    return use === 'always'
      ? [`${inner}${propertyKey(name)}: `, value, ',\n']
      : [`${inner}...r.${use}(() => ({ ${propertyKey(name)}: `, value, ' })),\n'];
  });
  if (rows.length === 0) return entries === undefined ? '{}' : printEntries(entries, printer, indent);
  if (entries !== undefined) rows.push([`${inner}...`, printEntries(entries, printer, inner), ',\n']);
  return ['{\n', ...rows, `${indent}}`];
}

function printEntries({ key, value, min, max }: EntriesPlan, printer: PlanPrinter, indent: string): Code {
  const [name, made] = [key, value].map((it) => printPlan(it, printer, indent));
  return [`Object.fromEntries(r.list(${min}, ${max}, () => [`, name ?? '', ', ', made ?? '', ']))'];
}

/** Code as the body of an arrow function: an object literal needs parentheses there. */
export function asBody(value: Code): Code {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first.startsWith('{') ? ['(', value, ')'] : value;
}

function pick(values: readonly JsonValue[], indent: string): Code {
  return values.length === 1 ? literal(values[0] ?? null, indent) : `r.pick(${literal(values, indent)})`;
}
