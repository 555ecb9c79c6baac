import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { claims } from '../event-sourcing/claims.ts';
import type { StoredForm } from '../event-sourcing/repository.ts';
import type { DomainEvent } from '../ports/event-streams.ts';
import type { Transaction } from '../ports/store.ts';
import { ERASED } from './erased.ts';

export interface PersonalDataOptions<Event extends DomainEvent> {
  /** Whose data the event holds; `undefined` when it holds nobody's. */
  subjectOf(event: Event, entityId: string): string | undefined;
  /** Where it stands in the event: names of fields, of which every text is sealed, however deep below. */
  readonly places: (event: Event) => readonly (readonly string[])[];
}

/**
 * Events whose personal data is stored sealed (AES-256-GCM), each person's with a key of their own. `erase` deletes the key, and
 * then nobody can read it any more: in streams that are never rewritten, in copies, and in backups that do not hold the key.
 * An event that was erased is loaded with `ERASED` in place of each text.
 */
export function personalData<Event extends DomainEvent>(
  options: PersonalDataOptions<Event>,
): StoredForm<Event> {
  const { subjectOf, places } = options;
  return {
    async write(tx, event, entityId) {
      const subject = subjectOf(event, entityId);
      if (subject === undefined) return event;
      const key = await keyFor(tx, subject);
      return replaceTexts(event, places(event), (text) => seal(text, key, subject));
    },
    async read(tx, event, entityId) {
      const subject = subjectOf(event, entityId);
      if (subject === undefined) return event;
      const key = (await keys(tx).get(subject))?.key;
      return replaceTexts(event, places(event), (text) => open(text, key, subject));
    },
  };
}

/** Deletes the key to a person's data. What is stored of them later is not kept either. */
export async function erasePersonalData(tx: Transaction, subject: string): Promise<void> {
  // Waits for a first key that another transaction is making: it would come after this otherwise.
  await makers.claim(tx, subject, 'erasure');
  await keys(tx).put(subject, { key: undefined });
}

/** Who makes a person's key, or erases it before there is one: of two transactions at once the second waits, and finds what the first has written. */
const makers = claims('personal-data-key');

function keys(tx: Transaction) {
  return tx.documents<{ readonly key?: string | undefined }>('personal-data/keys');
}

/** Undefined for a person whose data was erased. */
async function keyFor(tx: Transaction, subject: string): Promise<string | undefined> {
  const known = await keys(tx).get(subject);
  if (known) return known.key;
  const maker = randomBytes(16).toString('hex');
  if ((await makers.claim(tx, subject, maker)) !== maker) return (await keys(tx).get(subject))?.key;
  const key = randomBytes(32).toString('base64');
  await keys(tx).put(subject, { key });
  return key;
}

const PREFIX = 'sealed.v1.';
const IV = 12;
const TAG = 16;

/** The subject is authenticated with the text: sealed data of one person cannot be passed off as another's. */
function seal(text: string, key: string | undefined, subject: string): string {
  if (key === undefined) return ERASED;
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), iv).setAAD(Buffer.from(subject));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return PREFIX + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
}

function open(text: string, key: string | undefined, subject: string): string {
  if (key === undefined) return ERASED;
  // Stored before the event was declared to hold personal data.
  if (!text.startsWith(PREFIX)) return text;
  const bytes = Buffer.from(text.slice(PREFIX.length), 'base64');
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64'), bytes.subarray(0, IV))
    .setAAD(Buffer.from(subject))
    .setAuthTag(bytes.subarray(IV, IV + TAG));
  return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString('utf8');
}

function replaceTexts<T>(
  value: T,
  places: readonly (readonly string[])[],
  replace: (text: string) => string,
): T {
  const copy = structuredClone(value);
  for (const place of places) replaceAt(copy, place, replace);
  return copy;
}

function replaceAt(value: unknown, place: readonly string[], replace: (text: string) => string): void {
  const [name, ...rest] = place;
  if (!isRecord(value) || name === undefined || !(name in value)) return;
  if (rest.length > 0) replaceAt(value[name], rest, replace);
  else value[name] = everyText(value[name], replace);
}

function everyText(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((item) => everyText(item, replace));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, everyText(item, replace)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
