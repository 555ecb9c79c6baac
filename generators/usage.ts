import { type Message, type Service, versionsOf } from '@chirograph/contract/model';
import { isObject, type JsonValue, joinPointer } from '@chirograph/schema';
import { bytesOf } from './source/carried.ts';
import { methodsOf } from './source/exchanges.ts';
import { filledIn, mustSayHeaders } from './source/filled.ts';
import type { Scope } from './source/generator.ts';
import { consumerModule, producerModule, sideNames } from './source/modules.ts';
import { literal, propertyKey } from './source/value.ts';

/**
 * How people use what is generated, as text to copy: beside the contract, the import and the call are what they look
 * for. Names come from where the generated code has them.
 */

/** @param output where the generated code is, as an import would say it: `./generated` */
export function sendingCode(
  scope: Scope,
  service: Service,
  { id }: Message,
  output: string,
): string | undefined {
  const message = scope.messages.find((it) => it.id === id);
  if (message === undefined) return undefined;
  const method = methodsOf(scope, service).find((it) => it.message.id === message.id);
  if (!method) return undefined;
  const producer = sideNames(scope, service, 'Producer').value;
  const name = producer.replace(/Producer$/, '');
  const [example] = message.examples;
  const headers = mustSayHeaders(scope.workspace, message)
    ? `, { headers: ${shown(without(example?.headers, filledIn(scope.workspace, message).headers))} }`
    : '';
  const said = bytesOf(message)
    ? 'bytes'
    : shown(without(example?.payload, filledIn(scope.workspace, message).payload));
  return [
    `import { ${producer} } from '${output}/${ending(producerModule(scope, service), scope)}';`,
    '',
    `const ${name} = ${producer}(publisher);`,
    `await ${name}.${method.name}(${said}${headers});`,
  ].join('\n');
}

/** A consumer with the handler of one message; the others are as missing as the compiler says. */
export function receivingCode(
  scope: Scope,
  service: Service,
  { id }: Message,
  output: string,
): string | undefined {
  const message = scope.messages.find((it) => it.id === id);
  if (message === undefined) return undefined;
  const consumer = sideNames(scope, service, 'Consumer').value;
  const name = consumer.replace(/Consumer$/, '');
  const received = scope.messages.filter((it) => it.domain === message.domain && it.name === message.name);
  const newest = versionsOf(scope.workspace, message).find((it) => received.some(({ id }) => id === it.id));
  const handler = scope.names.valueOf(newest ?? message);
  return [
    `import { ${consumer} } from '${output}/${ending(consumerModule(scope, service), scope)}';`,
    '',
    `const ${name} = ${consumer}(subscriber, { store }, {`,
    `  async ${propertyKey(handler)}(message, context) {`,
    '    // ...',
    '  },',
    '});',
    `await ${name}.start();`,
  ].join('\n');
}

function ending(module: string, { options }: Scope): string {
  return module.replace(/\.ts$/, options.importExtension);
}

/** An example without what the producer fills in. */
function without(
  value: JsonValue | undefined,
  filled: readonly string[],
  at: readonly string[] = [],
): JsonValue | undefined {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([name, child]): [string, JsonValue][] => {
    const path = [...at, name];
    if (filled.includes(joinPointer(path))) return [];
    const kept = without(child, filled, path);
    const isEmptied =
      isObject(kept) && isObject(child) && Object.keys(kept).length === 0 && Object.keys(child).length > 0;
    return kept === undefined || isEmptied ? [] : [[name, kept]];
  });
  return Object.fromEntries(entries);
}

function shown(value: JsonValue | undefined): string {
  return value === undefined ? '{ /* ... */ }' : literal(value);
}
