import { readAddress } from '../ports/address.ts';

/** The NATS subject for a channel: addresses may use slashes, subjects use dots; what subjects can not hold is escaped. */
export function subjectOf(channel: string, prefix: string | undefined): string {
  const tokens = channel.split(/[./]/).filter((token) => token !== '');
  return [...(prefix === undefined ? [] : [prefix]), ...tokens.map(escapeToken)].join('.');
}

/** The subjects on which messages of a channel come: words with a name in braces are `*`, any one. */
export function patternOf(channel: string, prefix: string | undefined): string {
  const form = channel.replace(/[^./]*\{[^{}]+\}[^./]*/g, ANY);
  return subjectOf(form, prefix).replaceAll(ANY, '*');
}

/** The address of a message on a subject, if it is one of the channel's. */
export function addressOn(channel: string, prefix: string | undefined, subject: string): string | undefined {
  const tokens = subject.split('.').slice(prefix === undefined ? 0 : 1);
  const words = channel.match(/[^./]+/g) ?? [];
  if (words.length !== tokens.length) return undefined;
  let index = 0;
  const address = channel.replace(/[^./]+/g, () => unescapeToken(tokens[index++] ?? ''));
  return readAddress(channel, address) && address;
}

/** As few patterns as it takes: JetStream refuses two that have a subject in common. Some subjects may come unasked. */
export function withoutOverlaps(patterns: readonly string[]): string[] {
  const apart: string[] = [];
  for (let pattern of patterns) {
    // What two have between them may overlap with a third.
    for (let other = take(apart, pattern); other !== undefined; other = take(apart, pattern)) {
      pattern = joined(pattern, other);
    }
    apart.push(pattern);
  }
  return apart;
}

/** A name that JetStream accepts for a consumer or stream; different names stay different. */
export function jetStreamName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/gu, escapeCharacter);
}

/** Whether a subject falls under a pattern with `*` (one token) and `>` (one or more, at the end). */
export function matches(pattern: string, subject: string): boolean {
  const wanted = pattern.split('.');
  const given = subject.split('.');
  for (const [index, token] of wanted.entries()) {
    if (token === '>') return given.length > index;
    if (given[index] === undefined || (token !== '*' && token !== given[index])) return false;
  }
  return given.length === wanted.length;
}

/** Takes one out that overlaps with the pattern. */
function take(patterns: string[], pattern: string): string | undefined {
  const index = patterns.findIndex((it) => overlap(it, pattern));
  return index < 0 ? undefined : patterns.splice(index, 1)[0];
}

function overlap(one: string, other: string): boolean {
  const [tokens, others] = [one.split('.'), other.split('.')];
  return (
    tokens.length === others.length &&
    tokens.every((token, i) => token === '*' || others[i] === '*' || token === others[i])
  );
}

/** The pattern for all subjects of two that overlap. */
function joined(one: string, other: string): string {
  const others = other.split('.');
  return one
    .split('.')
    .map((token, i) => (token === others[i] ? token : '*'))
    .join('.');
}

/** Stands for `*` where that would be escaped; no address can hold it. */
const ANY = '\u{F0000}';

function unescapeToken(token: string): string {
  return token.replace(/(?:=[0-9A-F]{2})+/g, (escaped) =>
    Buffer.from(escaped.replaceAll('=', ''), 'hex').toString('utf8'),
  );
}

function escapeToken(token: string): string {
  return token.replace(/[\s*>=\p{Cc}]/gu, escapeCharacter);
}

/** Each byte of its UTF-8 in two digits, so that what follows cannot be taken for a part of it. */
function escapeCharacter(character: string): string {
  return Buffer.from(character, 'utf8').toString('hex').toUpperCase().replace(/../g, '=$&');
}
