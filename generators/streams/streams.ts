import type { GeneratedFile, Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { streamsOf } from '../source/streams-of.ts';
import { quote } from '../source/text.ts';

/** `<domain>/streams.ts`: what must exist on a NATS or Kafka server for the channels of the domain, for `natsBroker({ streams })` and `kafkaBroker({ topics: streams })`. */
export const streams: Generator = {
  name: 'streams',
  generate(scope) {
    const own = streamsOf(scope.workspace).filter(({ name }) => name === scope.domain);
    return own.length === 0 ? [] : [file(scope, own)];
  },
};

function file(scope: Scope, own: ReturnType<typeof streamsOf>): GeneratedFile {
  const rows = own.map(
    ({ name, subjects }) => `  { name: ${quote(name)}, subjects: [${subjects.map(quote).join(', ')}] },`,
  );
  const text = [
    headerOf(scope),
    '',
    '/** What must exist on a broker for the channels of the domain: `natsBroker({ servers, streams })` and `kafkaBroker({ brokers, topics: streams })` make it. */',
    'export const streams: readonly { readonly name: string; readonly subjects: readonly string[] }[] = [',
    ...rows,
    '];',
    '',
  ];
  return { path: `${scope.folder}/streams.ts`, text: text.join('\n') };
}
