import type { Catalog } from '../data/catalog-of.ts';
import { scriptOf } from './script-data.ts';

/**
 * What the script draws maps from, whatever page it is on: all services, and what they send one another. A script of its
 * own and not JSON: pages on `file:` may load scripts and may not fetch.
 */
export interface GraphData {
  readonly domains: readonly string[];
  readonly services: readonly GraphService[];
}

export type GraphService = readonly [
  /** Its address without the folder. */
  id: string,
  title: string,
  domain: number,
  /** The services that receive what it sends, and in which messages: a title, or how many. */
  sends: readonly (readonly [to: number, messages: string | number])[],
];

export function graphData({ index, edges }: Catalog): GraphData {
  const domains = index.domains.map((it) => it.name);
  const bySender = Map.groupBy(edges(), (it) => it.from);
  return {
    domains: index.domains.map((it) => it.title),
    services: index.services.map(({ id, title, domain }, number) => [
      id.slice(id.indexOf('/') + 1),
      title,
      domains.indexOf(domain),
      (bySender.get(number) ?? []).map(({ to, messages: [first = '', ...rest] }) => [
        to,
        rest.length === 0 ? first : rest.length + 1,
      ]),
    ]),
  };
}

export function graphScript(catalog: Catalog): string {
  return scriptOf('catalogGraph', graphData(catalog));
}
