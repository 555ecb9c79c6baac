import type { Message, NodeId } from '@chirograph/contract/model';
import type { JsonValue } from '@chirograph/contract/source';
import { pascalCase } from '../source/casing.ts';
import type { Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { messageGuard, messageSamples, messageType, RUNTIME_SAMPLES } from '../source/modules.ts';
import {
  type Code,
  code,
  docComment,
  lines,
  quote,
  sourceFile,
  typeSymbol,
  valueSymbol,
} from '../source/source-file.ts';
import { literal } from '../source/value.ts';
import { datesLiteral, hasWireType, wireType } from '../source/wire-types.ts';
import { expressionFor, Unsampled } from './expression.ts';

/** `<domain>/samples.ts`: for every message a seeded factory of valid, made-up messages. */
export const samples: Generator = {
  name: 'samples',
  needs: ['types', 'validators'],
  generate(scope) {
    const shared = new Shared(scope);
    const factories = scope.messages.flatMap((message) => factory(scope, message, shared));
    if (factories.length === 0) return [];
    const parts = [...factories, ...shared.functions()];
    const body = lines(parts.flatMap((it, i) => (i === 0 ? [it] : ['', it])));
    return [sourceFile(`${scope.folder}/samples.ts`, headerOf(scope), body, scope.options)];
  },
};

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
      code`export const ${messageSamples(scope, message).name}: ${typeSymbol('Samples', RUNTIME_SAMPLES)}<${type}> = ${make}(${quote(`${message.name} ${message.version}`)}, ${uses(made) ? '(r)' : '()'} => ${isObjectLiteral(made) ? code`(${made})` : made}, ${messageGuard(scope, message)}${dates === undefined ? '' : `, ${dates}`});`,
    ]),
  ];
}

/** From the schema where it tells how; else one of the examples; nothing where there is neither. */
function expression(scope: Scope, message: Message, shared: Shared): Code | undefined {
  if (message.payload === undefined) return undefined;
  const examples = message.examples.flatMap(({ payload }) => (payload === undefined ? [] : [payload]));
  try {
    return shared.make(scope.workspace.schemas[message.payload]?.json ?? true, message.key);
  } catch (error) {
    if (!(error instanceof Unsampled)) throw error;
    return examples.length > 0 ? `r.pick(${literal(examples as JsonValue[])})` : undefined;
  }
}

/** The functions for schemas that several messages share, printed once, when somebody refers to them. */
class Shared {
  readonly #scope: Scope;
  readonly #functions = new Map<NodeId, Code>();
  readonly #underWay = new Set<NodeId>();

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  make(schema: Parameters<typeof expressionFor>[0], name: string): Code {
    return expressionFor(schema, {
      scope: this.#scope,
      refer: (id) => this.#refer(id),
      name,
      owner: '',
      indent: '',
    });
  }

  functions(): Code[] {
    return [...this.#functions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it);
  }

  /** A schema that contains itself ends where it may be left out. */
  #refer(id: NodeId): Code {
    if (this.#underWay.has(id)) throw new Unsampled();
    const type = this.#scope.names.schemaType(id);
    const name = `some${pascalCase(type)}`;
    if (!this.#functions.has(id)) {
      this.#underWay.add(id);
      const made = this.make(this.#scope.workspace.schemas[id]?.json ?? true, type);
      this.#underWay.delete(id);
      const body = isObjectLiteral(made) ? code`(${made})` : made;
      this.#functions.set(
        id,
        code`const ${name} = (${uses(body) ? '' : '_'}r: ${typeSymbol('Sampler', RUNTIME_SAMPLES)}): ${wireType(this.#scope, id, typeSymbol(type, `${this.#scope.folder}/types.ts`))} => ${body};`,
      );
    }
    return `${name}(r)`;
  }
}

/** As the body of an arrow function it needs parentheses. */
function isObjectLiteral(made: Code): boolean {
  const first = Array.isArray(made) ? made[0] : made;
  return typeof first === 'string' && first.startsWith('{');
}

/** Whether code asks the sampler for anything. */
function uses(made: Code): boolean {
  if (typeof made === 'string') return /\br[.)]/.test(made);
  return Array.isArray(made) && made.some(uses);
}
