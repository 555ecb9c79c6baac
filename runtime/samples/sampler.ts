import { ofSteps, stepsIn } from './decimal.ts';
import { matching } from './matching.ts';
import { type Random, random } from './random.ts';
import { PLACES, WORDS } from './words.ts';

/** What a sampler has words for. */
export type Word = Exclude<keyof typeof WORDS, 'plain'> | 'fullName' | 'city' | 'region' | 'country';

/**
 * Makes up values. Generated factories are written in its words. One sampler tells of one person, one place, one currency
 * and one moment, so that what it makes for one message goes together.
 */
export interface Sampler {
  boolean(): boolean;
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** A number from `min` to `max` that is a multiple of `step`. */
  number(min: number, max: number, step?: number): number;
  pick<T>(values: readonly T[]): T;
  /** Some of the values, each at most once, in their order. */
  subset<T>(values: readonly T[], min: number, max: number): T[];
  /** One of several ways. Its type is that of the place it is for. */
  oneOf<T>(ways: readonly (() => NoInfer<T>)[]): T;
  /** The value, or undefined in one case of three: for what may be left out. */
  maybe<T>(make: () => T): T | undefined;
  /** The value, or null in one case of five. */
  orNull<T>(make: () => T): T | null;
  /** One of the examples in one case of three; else the value. */
  example<T>(examples: readonly T[], make: () => NoInfer<T>): T;
  /** As `maybe`, for what contains itself: two levels down it is left out. */
  deeper<T>(make: () => T): T | undefined;
  /** `also`: what the list holds beside those, each once, at its end. */
  list<T>(min: number, max: number, make: (index: number) => T, ...also: readonly (() => T)[]): T[];
  /** Bytes, as many as lie between the two. */
  bytes(min: number, max: number): Uint8Array;
  /** Plain words whose length, in code points, lies between the two. */
  text(min: number, max: number): string;
  /**
   * Text that matches a regular expression, as long as asked. What may be repeated at will is repeated often enough to
   * tell ids apart. Throws for back-references, and where no text is of that length.
   */
  matching(pattern: string, min?: number, max?: number): string;
  uuid(): string;
  /** A moment of the year 2026, in UTC; each is a little later than the one before. `later` and `earlier`: by days. */
  dateTime(when?: 'earlier' | 'later'): string;
  date(when?: 'earlier' | 'later'): string;
  time(): string;
  duration(): string;
  email(): string;
  phone(): string;
  uri(): string;
  hostname(): string;
  ipv4(): string;
  ipv6(): string;
  /** Eight capitals and digits, as references are. */
  code(): string;
  /** Thirty-two letters and digits. */
  token(): string;
  word(kind: Word): string;
}

/**
 * A sampler that depends on its seed alone.
 * @param lifelike takes examples wherever there are any, and no null
 */
export function sampler(seed: number, { lifelike = false } = {}): Sampler {
  const source = random(seed);
  const integer = (min: number, max: number) =>
    Math.min(max, min + Math.floor(source.next() * (max - min + 1)));
  const pick = <T>(values: readonly T[]): T => values[integer(0, values.length - 1)] as T;
  const person = once(() => ({ firstName: pick(WORDS.firstName), lastName: pick(WORDS.lastName) }));
  const place = once(() => pick(PLACES));
  const currency = once(() => pick(WORDS.currency));
  let now = 0;
  let depth = 0;
  const moment = (when?: 'earlier' | 'later') => {
    now =
      now === 0
        ? YEAR + integer(60, 300) * DAY + integer(0, DAY / 1000 - 1) * 1000
        : now + integer(0, 5) * 1000;
    const away = when === undefined ? 0 : integer(1, 40) * DAY + integer(0, 86_399) * 1000;
    return new Date(when === 'earlier' ? now - away : now + away).toISOString();
  };
  const word = (kind: Word): string => {
    switch (kind) {
      case 'firstName':
      case 'lastName':
        return person()[kind];
      case 'fullName':
        return `${person().firstName} ${person().lastName}`;
      case 'city':
      case 'region':
      case 'country':
        return place()[kind];
      case 'currency':
        return currency();
      default:
        return pick<string>(WORDS[kind]);
    }
  };
  const plain = (): string => pick<string>(WORDS.plain);
  const letters = (from: string, length: number) => Array.from({ length }, () => pick([...from])).join('');
  return {
    boolean: () => source.next() < 0.5,
    integer,
    number: (min, max, step = 0.01) => {
      const [first, last] = [stepsIn(min, step), stepsIn(max, step)];
      return ofSteps(integer(Math.ceil(first), Math.floor(last)), step);
    },
    pick,
    subset: (values, min, max) => {
      const chosen = new Set<number>();
      const wanted = integer(min, max);
      while (chosen.size < wanted) chosen.add(integer(0, values.length - 1));
      return values.filter((_, index) => chosen.has(index));
    },
    oneOf: (ways) => pick(ways)(),
    maybe: (make) => (source.next() < 2 / 3 ? make() : undefined),
    orNull: (make) => (source.next() < 4 / 5 || lifelike ? make() : null),
    example: (examples, make) => (source.next() < 1 / 3 || lifelike ? pick(examples) : make()),
    deeper: (make) => {
      if (depth >= DEEPEST || source.next() >= 2 / 3) return undefined;
      depth += 1;
      const made = make();
      depth -= 1;
      return made;
    },
    list: (min, max, make, ...also) => [
      ...Array.from({ length: integer(min, max) }, (_, index) => make(index)),
      ...also.map((it) => it()),
    ],
    bytes: (min, max) => Uint8Array.from({ length: integer(min, max) }, () => integer(0, 255)),
    text: (min, max) => text(min, max, plain),
    matching: (pattern, min, max) => matching(pattern, source, { min, max }),
    uuid: () => uuid(source),
    dateTime: moment,
    date: (when) => moment(when).slice(0, 10),
    time: () => moment().slice(11),
    duration: () => `PT${integer(1, 59)}M`,
    email: () => `${person().firstName}.${person().lastName}@example.com`.toLowerCase(),
    phone: () => `+${integer(30, 49)}${integer(100_000_000, 999_999_999)}`,
    uri: () => `https://example.com/${plain()}/${integer(1, 9999)}`,
    hostname: () => `${plain()}.example.com`,
    ipv4: () => `192.0.2.${integer(1, 254)}`,
    ipv6: () => `2001:db8::${integer(1, 65_535).toString(16)}`,
    code: () => letters(CAPITALS + DIGITS, 8),
    token: () => letters(CAPITALS + CAPITALS.toLowerCase() + DIGITS, 32),
    word,
  };
}

/** How often what contains itself is gone into. */
const DEEPEST = 2;
const CAPITALS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '23456789';

/** Made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const YEAR = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;

/** Version 4 in form (RFC 9562), though its bits follow from the seed. */
function uuid(source: Random): string {
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (mark) => {
    const digit = Math.floor(source.next() * 16);
    return (mark === 'x' ? digit : (digit & 3) | 8).toString(16);
  });
}

function text(min: number, max: number, word: () => string): string {
  const wanted = Math.max(min, Math.min(max, 12));
  let made = word();
  while (made.length < wanted) made += ` ${word()}`;
  if (made.length > max) made = made.slice(0, max).trimEnd();
  return made.padEnd(min, 'x');
}
