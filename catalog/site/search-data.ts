import type { Catalog } from '../data/catalog-of.ts';
import { scriptOf } from './script-data.ts';
import { DEPRECATED, OLDER, PERSONAL, ROW_KINDS, type SearchData, type SearchRow } from './search-row.ts';

/** Words beyond these of a description find nothing that the first ones do not. */
const MOST_LETTERS = 120;

export function searchData({ index, fieldNames }: Catalog): SearchData {
  const fields = new Numbers();
  const domains = new Numbers(index.domains.map((it) => it.name));
  const owners = new Numbers(index.owners.map((it) => it.name));
  const row = (
    kind: (typeof ROW_KINDS)[number],
    id: string,
    title: string,
    rest: Partial<{
      name: string;
      version: string;
      domain: string;
      owners: readonly string[];
      told: string | undefined;
      fields: readonly string[];
      flags: number;
    }>,
  ): SearchRow => [
    ROW_KINDS.indexOf(kind),
    // Mostly its name and version.
    id.slice(id.indexOf('/') + 1) === `${rest.name}@${rest.version}` ? '' : id.slice(id.indexOf('/') + 1),
    title,
    rest.name ?? '',
    rest.version ?? '',
    rest.domain === undefined ? -1 : domains.of(rest.domain),
    (rest.owners ?? []).map((it) => owners.of(it)),
    (rest.told ?? '').slice(0, MOST_LETTERS),
    (rest.fields ?? []).map((it) => fields.of(it)),
    rest.flags ?? 0,
  ];
  const wireNames = new Set(index.messages.map((it) => it.name));
  const rows = [
    ...index.messages.map((it) =>
      row(it.kind, it.id, it.title, {
        ...it,
        told: [it.summary, it.reference].filter(Boolean).join(' '),
        fields: it.latest ? fieldNames(it.id) : [],
        flags: (it.deprecated ? DEPRECATED : 0) | (it.personalData ? PERSONAL : 0) | (it.latest ? 0 : OLDER),
      }),
    ),
    ...index.services.map((it) =>
      row('service', it.id, it.title, {
        ...it,
        told: it.summary,
        owners: it.owner === undefined ? [] : [it.owner],
      }),
    ),
    ...index.flows.map((it) => row('flow', it.id, it.title, { domain: it.domain, told: it.summary })),
    // A channel that is called as its message is found with it.
    ...index.channels
      .filter((it) => !wireNames.has(it.title))
      .map((it) => row('channel', it.id, it.title, { domain: it.domain, told: it.protocols.join(' ') })),
    ...index.owners.map((it) => row('owner', it.id, it.name, { owners: [it.name] })),
    ...index.domains.map((it) => row('domain', it.id, it.title, { domain: it.name })),
  ];
  return { domains: domains.names, owners: owners.names, fields: fields.names, rows };
}

/** The script that hands the data over. */
export function searchScript(data: SearchData): string {
  return scriptOf('catalogSearch', data);
}

class Numbers {
  readonly #numbers = new Map<string, number>();

  constructor(names: readonly string[] = []) {
    for (const name of names) this.of(name);
  }

  of(name: string): number {
    const number = this.#numbers.get(name) ?? this.#numbers.size;
    this.#numbers.set(name, number);
    return number;
  }

  get names(): string[] {
    return [...this.#numbers.keys()];
  }
}
