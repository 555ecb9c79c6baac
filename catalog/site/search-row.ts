/**
 * What the script searches, as compact as thousands of messages need it. Each row is a list, and what repeats is a number
 * into a list of its own. A script of its own and not JSON: pages on `file:` may load scripts and may not fetch.
 */
export interface SearchData {
  readonly domains: readonly string[];
  readonly owners: readonly string[];
  /** Names of fields. */
  readonly fields: readonly string[];
  readonly rows: readonly SearchRow[];
}

export const ROW_KINDS = [
  'event',
  'command',
  'integration-event',
  'service',
  'channel',
  'flow',
  'owner',
  'domain',
] as const;

/** Bits of the last entry of a row. */
export const DEPRECATED = 1;
export const PERSONAL = 2;
export const OLDER = 4;

export type SearchRow = readonly [
  kind: number,
  /** Its address without the folder, which the kind says; empty where it is `name@version`. */
  to: string,
  title: string,
  /** On the wire; empty for what is none. */
  name: string,
  version: string,
  domain: number,
  owners: readonly number[],
  /** A sentence, and what else people know it by. */
  told: string,
  fields: readonly number[],
  flags: number,
];

/** The address of a row's page, without its ending. */
export function addressOf([kind, to, , name, version]: SearchRow): string {
  return `${FOLDERS[kind]}/${to === '' ? `${name}@${version}` : to}`;
}

const FOLDERS = ['messages', 'messages', 'messages', 'services', 'channels', 'flows', 'owners', 'domains'];
