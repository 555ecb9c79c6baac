import { compare, judge, type Policy } from '@chirograph/compat';
import type { Message, Workspace } from '@chirograph/contract/model';
import { slug } from '../text/slug.ts';
import { addressesOf } from './addresses.ts';
import {
  type CatalogIndex,
  type ChannelRecord,
  type ComparisonRecord,
  type DomainRecord,
  type FlowRecord,
  FORMAT,
  type MessageCode,
  type MessageRecord,
  type OwnerRecord,
  type ReleaseRow,
  type ServiceRecord,
  type Sibling,
  type Term,
} from './catalog.ts';
import { catalogued } from './catalogued.ts';
import { channelRecord } from './channel-record.ts';
import { domainRecord } from './domain-record.ts';
import { type Edge, edgesOf } from './edges.ts';
import { fieldNamesOf } from './field-names.ts';
import { countsOf, findingRecord, VERDICTS } from './finding-record.ts';
import { flowRecord } from './flow-record.ts';
import { messageRecord, siblingsOf } from './message-record.ts';
import { channelRow, domainRow, flowRow, messageRow, ownerRow, serviceRow } from './rows.ts';
import { ownerRecord, serviceRecord } from './service-record.ts';
import { termsOf } from './terms.ts';
import { linksOf } from './version-changes.ts';

/** An earlier state of the contracts. */
export interface Release extends ReleaseRow {
  readonly workspace: Workspace;
}

export interface CatalogOptions {
  readonly title?: string;
  /** The newest first. They are compared with one another and with the contracts as they are. */
  readonly releases?: readonly Release[];
  /** By what changes between releases are judged. `today` matters for approvals and deprecations alone. */
  readonly policy?: Policy;
  /** How the generated code names things. */
  readonly codeOf?: (message: Message) => MessageCode;
}

/**
 * The catalog of a workspace: the index, and what is known of each thing of it, worked out when it is asked for. Equal
 * workspaces and options give equal catalogs.
 */
export interface Catalog {
  readonly index: CatalogIndex;
  /** Each by the address that the index gives it; undefined for others. */
  readonly domain: (id: string) => DomainRecord | undefined;
  readonly service: (id: string) => ServiceRecord | undefined;
  readonly message: (id: string) => MessageRecord | undefined;
  readonly channel: (id: string) => ChannelRecord | undefined;
  readonly flow: (id: string) => FlowRecord | undefined;
  readonly owner: (id: string) => OwnerRecord | undefined;
  readonly comparison: (id: string) => ComparisonRecord | undefined;
  /** The names of the fields of a message's payload, its envelope left out. */
  readonly fieldNames: (message: string) => readonly string[];
  /** How the generated code sends and receives a message. */
  readonly code: (message: string) => MessageCode;
  readonly siblings: (message: string) => readonly Sibling[];
  /** Who talks to whom, services by their place in the index. */
  readonly edges: () => readonly Edge[];
  readonly terms: readonly Term[];
  /** Addresses of names without a version, and where they lead. */
  readonly aliases: ReadonlyMap<string, string>;
}

export function catalogOf(contracts: Workspace, options: CatalogOptions = {}): Catalog {
  const workspace = catalogued(contracts);
  const addresses = addressesOf(workspace);
  const owners = [...new Set(workspace.services.flatMap((it) => it.owner ?? []))].sort();
  const comparisons = comparisonsOf(contracts, linksOf(workspace), options);
  const codeOf = options.codeOf ?? (() => NO_CODE);
  const byAddress = <T, R>(items: readonly T[], address: (item: T) => string, record: (item: T) => R) => {
    const found = new Map(items.map((it) => [address(it), it]));
    // What is written of one thing is written in one go: its data, its page, its markdown.
    let last: { readonly id: string; readonly record: R } | undefined;
    return (id: string) => {
      if (last?.id === id) return last.record;
      const item = found.get(id);
      if (item === undefined) return undefined;
      last = { id, record: record(item) };
      return last.record;
    };
  };
  const node = ({ id }: { readonly id: string }) => addresses.node(id)?.to ?? '';
  const byMessage = byAddress(workspace.messages, node, (it) => siblingsOf(workspace, it));
  const codeByMessage = byAddress(workspace.messages, node, codeOf);
  const namesByMessage = byAddress(workspace.messages, node, (it) => fieldNamesOf(workspace, it));
  const index: CatalogIndex = {
    $schema: './catalog.schema.json',
    format: FORMAT,
    title: options.title ?? 'Event catalog',
    domains: workspace.domains.map((it) => domainRow(workspace, it.name)),
    services: workspace.services.map((it) => serviceRow(workspace, it)),
    messages: workspace.messages.map((it) => messageRow(workspace, it)),
    channels: workspace.channels.map((it) => channelRow(workspace, it)),
    flows: workspace.flows.map((it) => flowRow(workspace, it)),
    owners: owners.map((it) => ownerRow(workspace, it)),
    releases: (options.releases ?? []).map(releaseRow),
    comparisons: comparisons.map(({ findings: _, ...row }) => ({
      ...row,
      from: row.from.name,
      to: row.to.name,
    })),
  };
  return {
    index,
    domain: byAddress(
      workspace.domains,
      (it) => addresses.domain(it.name).to,
      (it) => domainRecord(workspace, it.name),
    ),
    service: byAddress(workspace.services, node, (it) => serviceRecord(workspace, it)),
    message: byAddress(workspace.messages, node, (it) => messageRecord(workspace, it)),
    code: (id) => codeByMessage(id) ?? NO_CODE,
    channel: byAddress(workspace.channels, node, (it) => channelRecord(workspace, it)),
    flow: byAddress(workspace.flows, node, (it) => flowRecord(workspace, it)),
    owner: byAddress(
      owners,
      (it) => addresses.owner(it).to,
      (it) => ownerRecord(workspace, it),
    ),
    comparison: byAddress(
      comparisons,
      (it) => it.id,
      (it) => it,
    ),
    siblings: (id) => byMessage(id) ?? [],
    fieldNames: (id) => namesByMessage(id) ?? [],
    edges: () => edgesOf(workspace),
    terms: termsOf(workspace),
    aliases: addresses.aliases,
  };
}

const NO_CODE: MessageCode = { send: [], receive: [], mock: [] };

/** What the contracts on disk are called among releases. */
export const NOW = 'now';

/** Each state against each earlier one, the newest pairs first. */
function comparisonsOf(
  workspace: Workspace,
  links: ReturnType<typeof linksOf>,
  { releases = [], policy }: CatalogOptions,
): ComparisonRecord[] {
  const states: Release[] = [{ name: NOW, workspace }, ...releases];
  const ids = new Set<string>();
  return states.flatMap((head, index) =>
    states.slice(index + 1).map((base): ComparisonRecord => {
      let id = `releases/${slug(base.name)}...${slug(head.name)}`;
      while (ids.has(id.toLowerCase())) id += '-';
      ids.add(id.toLowerCase());
      const changes = compare(base.workspace, head.workspace);
      const findings = judge(
        { base: base.workspace, head: head.workspace, changes },
        policy ?? { today: '0000-01-01' },
      ).map((it) => findingRecord(it, links));
      const rank = (it: (typeof findings)[number]) => VERDICTS.indexOf(it.verdict);
      return {
        id,
        from: releaseRow(base),
        to: releaseRow(head),
        counts: countsOf(findings),
        findings: findings.toSorted((a, b) => rank(a) - rank(b)),
      };
    }),
  );
}

function releaseRow({ name, date }: Release): ReleaseRow {
  return { name, ...(date !== undefined && { date }) };
}
