import type { Message, NodeId } from '@chirograph/contract/model';
import { sampler } from '@chirograph/runtime/samples';
import type { JsonSchema, JsonValue } from '@chirograph/schema';
import { foundValues, type SamplePlan, type SamplePlanner, samplePlanner } from '@chirograph/schema/samples';
import { bytesOf } from '../source/carried.ts';
import { pascalCase } from '../source/casing.ts';
import type { FileNote, Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { messageGuard, messageSamples, messageType, RUNTIME_SAMPLES } from '../source/modules.ts';
import {
  type Code,
  code,
  docComment,
  lines,
  paragraphs,
  sourceFile,
  typeSymbol,
  valueSymbol,
} from '../source/source-file.ts';
import { quote } from '../source/text.ts';
import { literal } from '../source/value.ts';
import { datesLiteral, hasWireType, wireType } from '../source/wire-types.ts';
import { asBody, printPlan } from './print-plan.ts';

/** `<domain>/samples.ts`: for every message a seeded factory of valid, made-up messages. */
export const samples: Generator = {
  name: 'samples',
  needs: ['types', 'validators'],
  generate(scope) {
    const shared = new Shared(scope);
    const notes: FileNote[] = [];
    const factories = scope.messages.flatMap((message) => {
      const made = factory(scope, message, shared);
      if (made.length === 0 && message.payload !== undefined) notes.push(withoutSamples(message));
      return made;
    });
    const path = `${scope.folder}/samples.ts`;
    if (factories.length + notes.length === 0) return [];
    const body = factories.length === 0 ? 'export {};' : paragraphs([...factories, ...shared.functions()]);
    const file = sourceFile(path, headerOf(scope), body, scope.options);
    return [notes.length === 0 ? file : { ...file, notes }];
  },
};

function withoutSamples({ at, name, version }: Message): FileNote {
  return {
    at,
    message: `\`${name}\` ${version} has no samples: no value that meets its schema was found`,
    fix: 'Write an example of the message.',
  };
}

function factory(scope: Scope, message: Message, shared: Shared): Code[] {
  const made = expression(scope, message, shared);
  if (made === undefined) return [];
  const type = messageType(scope, message);
  const make: Code = hasWireType(scope, message.payload)
    ? code`${valueSymbol('samplesFromWire', RUNTIME_SAMPLES)}<${type}>`
    : valueSymbol('samples', RUNTIME_SAMPLES);
  const dates = datesLiteral(scope, message.payload);
  return [
    lines([
      docComment(`Made-up \`${message.name}\` ${message.version} messages.`),
      code`export const ${messageSamples(scope, message).name}: ${typeSymbol('Samples', RUNTIME_SAMPLES)}<${type}> = ${make}(${quote(`${message.name} ${message.version}`)}, ${uses(made) ? '(r)' : '()'} => ${asBody(made)}, ${messageGuard(scope, message)}${dates === undefined ? '' : `, ${dates}`});`,
    ]),
  ];
}

/** From the schema where it tells how; else one of the examples; nothing where there is neither. */
function expression(scope: Scope, message: Message, shared: Shared): Code | undefined {
  const bytes = bytesOf(message);
  if (bytes) {
    const { min = 1, max = Math.max(64, min) } = bytes;
    return `r.bytes(${min}, ${Math.min(max, min + 63)})`;
  }
  if (message.payload === undefined) return undefined;
  const made = shared.make(scope.workspace.schemas[message.payload]?.json ?? true, message.key);
  if (made !== undefined) return made;
  const examples = message.examples.flatMap(({ payload }) => (payload === undefined ? [] : [payload]));
  return examples.length > 0 ? `r.pick(${literal(examples as JsonValue[])})` : undefined;
}

/** The engine takes its time for a value; it is asked once for each schema. */
function found({ memo }: Scope, document: JsonSchema, count: number): readonly JsonValue[] {
  const key = JSON.stringify(['found values', count, document]);
  const known = memo.recall(key) ?? foundValues(document, count);
  memo.keep(key, known);
  return known as readonly JsonValue[];
}

/** The functions for schemas that several messages share, printed once, when somebody refers to them. */
class Shared {
  readonly #scope: Scope;
  readonly #planner: SamplePlanner;
  readonly #functions = new Map<NodeId, Code>();

  constructor(scope: Scope) {
    this.#scope = scope;
    // Samples that nobody can draw are no samples: each plan is tried once, with what generated code draws from.
    this.#planner = samplePlanner(scope.workspace, {
      source: sampler,
      find: (document, count) => found(scope, document, count),
    });
  }

  /** Undefined where no value can be made up. */
  make(schema: JsonSchema, name: string): Code | undefined {
    const plan = this.#planner.plan(schema, name);
    return plan && this.#print(plan);
  }

  functions(): Code[] {
    return [...this.#functions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it);
  }

  #print(plan: SamplePlan): Code {
    return printPlan(plan, { named: (id) => this.#call(id) });
  }

  #call(id: NodeId): Code {
    const type = this.#scope.names.schemaType(id);
    const name = `some${pascalCase(type)}`;
    if (!this.#functions.has(id)) {
      // Whoever comes by here again while it is being printed calls it as well.
      this.#functions.set(id, '');
      const made = this.#print(this.#planner.named(id));
      this.#functions.set(
        id,
        code`const ${name} = (${uses(made) ? '' : '_'}r: ${typeSymbol('Sampler', RUNTIME_SAMPLES)}): ${wireType(this.#scope, id, typeSymbol(type, `${this.#scope.folder}/types.ts`))} => ${asBody(made)};`,
      );
    }
    return `${name}(r)`;
  }
}

/** Whether code asks the sampler for anything. */
function uses(made: Code): boolean {
  if (typeof made === 'string') return /\br[.)]/.test(made);
  return Array.isArray(made) && made.some(uses);
}
