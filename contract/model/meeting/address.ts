/**
 * Meeting: who sends to whom. A sender and a reader meet where they share the wire: an address, a broker, and a message
 * of one name. Nothing here depends on where either is written.
 */
import { oncePer } from '../once-per.ts';
import type { Channel } from '../workspace.ts';

/** A channel's address, split at its separators. Equal `text`: equal addresses, whatever their parameters are called. */
export interface Address {
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** One word of an address, or the separator between two. */
export type Token =
  | { readonly kind: 'literal'; readonly text: string }
  /** One word: a wildcard, or text with parameters in it. */
  | { readonly kind: 'pattern'; readonly text: string; readonly pattern: RegExp }
  /** All words that follow, or none: `#` of MQTT and AMQP, `>` of NATS. */
  | { readonly kind: 'rest'; readonly text: string };

/**
 * The address that messages of a channel go to, as the broker knows it: a Kafka, Pub/Sub, Anypoint MQ or JMS binding may name another one
 * than the channel. Undefined where it is not known before run time.
 */
export const addressOf = oncePer(({ address, bindings, parameters }: Channel): Address | undefined => {
  const topic =
    bindings?.kafka?.topic ??
    bindings?.googlepubsub?.topic ??
    bindings?.anypointmq?.destination ??
    bindings?.jms?.destination;
  const text = typeof topic === 'string' ? topic : address;
  if (text === null) return undefined;
  const values = new Map(parameters.map((it) => [it.name, it.values]));
  const tokens = text
    .split(SEPARATORS)
    .filter((it) => it !== '')
    .map((it) => tokenOf(it, values));
  return { text: tokens.map((it) => it.text).join(''), tokens };
});

/** A separator within the braces of a parameter belongs to its name. */
const SEPARATORS = /([./:])(?![^{]*\})/;

function tokenOf(text: string, values: ReadonlyMap<string, readonly string[] | undefined>): Token {
  if (text === '#' || text === '>') return { kind: 'rest', text };
  if (text === '*' || text === '+') return { kind: 'pattern', text: '{}', pattern: ANY_WORD };
  if (!/\{[^}]*\}/.test(text)) return { kind: 'literal', text };
  const parts = text.split(/\{([^}]*)\}/);
  const named = parts.map((part, index) => {
    if (index % 2 === 0) return { text: part, source: escaped(part) };
    const allowed = values.get(part)?.toSorted();
    return allowed
      ? { text: `{${allowed.join('|')}}`, source: `(?:${allowed.map(escaped).join('|')})` }
      : { text: '{}', source: '.+' };
  });
  const pattern = new RegExp(`^${named.map((it) => it.source).join('')}$`, 's');
  return { kind: 'pattern', text: named.map((it) => it.text).join(''), pattern };
}

const ANY_WORD = /^.+$/s;

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Whether some word is one of both. */
export function tokensOverlap(a: Token, b: Token): boolean {
  if (a.kind === 'literal') return b.kind === 'literal' ? a.text === b.text : matches(b, a.text);
  if (b.kind === 'literal') return matches(a, b.text);
  return a.text === b.text || a.kind === 'rest' || b.kind === 'rest' || wordsOverlap(a.text, b.text);
}

function matches(token: Token, word: string): boolean {
  if (token.kind === 'pattern') return !isSeparator(word) && token.pattern.test(word);
  return token.kind === 'rest';
}

export function isSeparator(word: string): boolean {
  return /^[./:]$/.test(word);
}

/** Whether two words with parameters can be equal: their values where they are listed, else how they begin and end. */
function wordsOverlap(a: string, b: string): boolean {
  const [these, those] = [valuesOf(a), valuesOf(b)];
  if (these && those) return these.some((it) => those.includes(it));
  const [first, second] = [affixesOf(a), affixesOf(b)];
  const starts = first.start.startsWith(second.start) || second.start.startsWith(first.start);
  return starts && (first.end.endsWith(second.end) || second.end.endsWith(first.end));
}

/** The values of a word that is one parameter and nothing else. */
function valuesOf(text: string): readonly string[] | undefined {
  const [, values] = /^\{([^{}]+)\}$/.exec(text) ?? [];
  return values?.split('|');
}

function affixesOf(text: string): { readonly start: string; readonly end: string } {
  return { start: text.slice(0, text.indexOf('{')), end: text.slice(text.lastIndexOf('}') + 1) };
}
