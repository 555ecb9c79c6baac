import { suggest } from '@chirograph/contract/diagnostics';
import type { Message, NodeId, Service } from '@chirograph/contract/model';
import { fullName, newest } from '../contracts/contracts.ts';
import type { Parsed } from '../parsed.ts';

/**
 * The services that a user named: `shop/payment`, `email` where only one domain has it, `shop` for all of a domain.
 * A neighbour is a domain of its name. None named: all of our own.
 */
export function chooseServices(
  services: readonly Service[],
  words: readonly string[],
): Parsed<readonly Service[]> {
  if (words.length === 0) return { value: services.filter((it) => it.neighbour === undefined) };
  const chosen = new Set<Service>();
  for (const word of words) {
    const found = matching(services, word);
    if ('problem' in found) return found;
    for (const service of found.value) chosen.add(service);
  }
  return { value: [...chosen] };
}

function matching(services: readonly Service[], word: string): Parsed<readonly Service[]> {
  const exact = services.filter((it) => fullName(it) === word);
  if (exact.length > 0) return { value: exact };
  const domain = services.filter((it) => it.domain === word);
  const named = services.filter((it) => it.name === word);
  if (domain.length > 0 && !named.some((it) => it.domain !== word)) return { value: domain };
  if (named.length === 1) return { value: named };
  if (named.length > 1) {
    return { problem: `several domains have a service \`${word}\`: ${named.map(fullName).join(', ')}` };
  }
  const words = services.flatMap((it) => [fullName(it), it.name, it.domain]);
  return { problem: unknown('service', word, words) };
}

/**
 * The newest version of the message that a user named: by its whole name, by its key (`OrderPlaced`), or by the end of
 * its name (`order.placed`) where only one ends so.
 */
export function chooseMessage(messages: readonly Message[], word: string): Parsed<Message> {
  const [name = '', version] = word.split('@');
  const known = version === undefined ? messages : messages.filter((it) => it.version === version);
  for (const fits of WAYS) {
    const found = known.filter((it) => fits(it, name));
    const names = new Set(found.map((it) => `${it.domain} ${it.name}`));
    const message = newest(found);
    if (message && names.size === 1) return { value: message };
    if (message) return { problem: `\`${word}\` is the name of several messages: ${[...names].join(', ')}` };
  }
  return { problem: unknown('message', word, new Set(messages.flatMap(waysToCall))) };
}

/** Its name, every end of it, and its key: what is nearest to what was typed is told in the same manner. */
function waysToCall({ name, key }: Message): string[] {
  const words = name.split('.');
  return [
    ...words.map((_, i) => words.slice(i).join('.')).filter((it) => it.includes('.') || it === name),
    key,
  ];
}

/** As `chooseMessage`, among those that the services send; a message that only others send is named as such. */
export function chooseSent(
  messages: readonly Message[],
  sent: ReadonlySet<NodeId>,
  word: string,
): Parsed<Message> {
  const found = chooseMessage(
    messages.filter((it) => sent.has(it.id)),
    word,
  );
  if ('value' in found) return found;
  const elsewhere = chooseMessage(messages, word);
  return 'value' in elsewhere
    ? { problem: `none of the mocked services sends ${elsewhere.value.name}` }
    : found;
}

const WAYS: readonly ((message: Message, word: string) => boolean)[] = [
  (it, word) => it.name === word,
  (it, word) => it.key === word,
  (it, word) => it.name.endsWith(`.${word}`),
];

function unknown(kind: string, word: string, known: Iterable<string>): string {
  const near = suggest(word, known);
  return `there is no ${kind} \`${word}\`${near ? `; did you mean \`${near}\`?` : ''}`;
}
