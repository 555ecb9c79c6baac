import { load, memoryReader } from '@chirograph/contract/load';
import { identitiesOf } from '@chirograph/contract/model';
import fc from 'fast-check';
import { load as readYaml } from 'js-yaml';
import { expect, it } from 'vitest';
import type { GeneratedFile } from '../generated-file.ts';
import { filledVersion } from './catalog-version.ts';
import { eventCatalogOf } from './eventcatalog-of.ts';

/** Few names, so that they clash across domains, kinds and cases; some mean something to EventCatalog. */
const NAME = fc.constantFrom('a', 'A', 'a.b', 'events', 'x y', 'versioned', 'channels', 'größe', '{x}');
const VERSION = fc.constantFrom('1', '1.0', '1.1', '2.0', '9.0', '10.0');

const MESSAGE = fc.record({
  name: NAME,
  version: VERSION,
  kind: fc.constantFrom('event', 'command', 'integration-event'),
  aggregate: fc.option(NAME, { nil: undefined }),
  action: fc.constantFrom('send', 'receive'),
});
const SERVICE = fc.record({
  domain: fc.constantFrom('one', 'two', 'flows'),
  file: fc.constantFrom('a', 'b', 'channels'),
  title: NAME,
  owner: fc.option(NAME, { nil: undefined }),
  messages: fc.array(MESSAGE, { maxLength: 5 }),
});
type Service = typeof SERVICE extends fc.Arbitrary<infer T> ? T : never;

const WORKSPACE = fc
  .uniqueArray(SERVICE, { minLength: 1, maxLength: 4, selector: (it) => `${it.domain}/${it.file}` })
  .map((services) => {
    const first = services[0]?.messages.length ? services[0] : undefined;
    return Object.fromEntries(services.map((it) => [fileOf(it), JSON.stringify(documentOf(it, first))]));
  });

const fileOf = ({ domain, file }: Service) => `specs/${domain}/${file}.asyncapi.json`;

/** A document with a channel for each of its messages, which also receives the first channel of another one. */
function documentOf({ title, owner, messages }: Service, other: Service | undefined): object {
  const channels = Object.fromEntries(
    messages.map(({ name, version, kind, aggregate }, index) => [
      `c${index}`,
      { messages: { [`m${index}`]: { name, 'x-contract': { version, kind, aggregate }, payload: {} } } },
    ]),
  );
  const operations = Object.fromEntries(
    messages.map(({ action }, index) => [`o${index}`, { action, channel: { $ref: `#/channels/c${index}` } }]),
  );
  const heard = other && {
    channels: { heard: { $ref: `../../${fileOf(other)}#/channels/c0` } },
    operations: { hear: { action: 'receive', channel: { $ref: '#/channels/heard' } } },
  };
  return {
    asyncapi: '3.1.0',
    info: { title, version: '1.0.0', contact: owner === undefined ? undefined : { name: owner } },
    channels: { ...channels, ...heard?.channels },
    operations: { ...operations, ...heard?.operations },
  };
}

interface Front {
  readonly id: string;
  readonly version?: string;
}

const TYPES: Readonly<Record<string, string>> = {
  domains: 'domain',
  services: 'service',
  events: 'event',
  commands: 'command',
  channels: 'channel',
  flows: 'flow',
  entities: 'entity',
  teams: 'team',
};

function pagesOf(files: readonly GeneratedFile[]) {
  return files
    .filter((it) => it.path.endsWith('.mdx') && !it.path.endsWith('ubiquitous-language.mdx'))
    .map(({ path, text }) => {
      const parts = path.replace(/\/versioned\/[^/]+(?=\/index)/, '').split('/');
      const folder = parts[0] === 'teams' ? 'teams' : parts.at(-3);
      const front = readYaml(text.split('\n---\n')[0] ?? '') as Front;
      return { path, text, front, type: TYPES[folder ?? ''] };
    });
}

/** Milliseconds, for machines that are busy otherwise: a run takes about one second. */
const SLOW = 60_000;

it(
  'shows everything once, and every reference leads to a page',
  () => {
    fc.assert(
      fc.property(WORKSPACE, (documents) => {
        const { workspace, diagnostics } = load(memoryReader(documents));
        expect(diagnostics).toEqual([]);
        const files = eventCatalogOf(workspace);
        const pages = pagesOf(files);
        const counted = (type: string) => pages.filter((it) => it.type === type).length;
        expect(new Set(files.map((it) => it.path.toLowerCase())).size).toBe(files.length);
        expect(counted('domain')).toBe(workspace.domains.length);
        expect(counted('service')).toBe(workspace.services.length);
        expect(counted('channel')).toBe(new Set(workspace.channels.map((it) => it.address)).size);
        expect(counted('event') + counted('command')).toBe(identitiesOf(workspace).length);

        const known = new Set(pages.map(({ type, front }) => `${type} ${front.id} ${front.version ?? ''}`));
        expect(known.size).toBe(pages.length);
        const nodes = new Set(pages.map(({ front }) => `${front.id}-${front.version ?? ''}`));
        expect(nodes.size).toBe(pages.length);
        for (const { path, text, front } of pages) {
          for (const [, type, id, version] of text.matchAll(/\[\[(\w+)\\?\|([^\]@]+)(?:@([\d.]+))?\]\]/g)) {
            expect(known, path).toContain(`${type} ${id} ${version ?? ''}`);
          }
          for (const { id, version } of pointersOf(front)) {
            const types = version === undefined ? ['team'] : Object.values(TYPES);
            expect(
              types.some((type) => known.has(`${type} ${id} ${version ?? ''}`)),
              `${path}: ${id}`,
            ).toBe(true);
          }
        }
      }),
      { numRuns: 50 },
    );
  },
  SLOW,
);

/** All references of some front matter: pairs of id and version, and the ids of owners. */
function pointersOf(value: unknown, top = true): Front[] {
  if (Array.isArray(value)) return value.flatMap((it) => pointersOf(it, false));
  if (typeof value !== 'object' || value === null) return [];
  const { owners, ...rest } = value as Record<string, unknown>;
  const nested = Object.values(rest).flatMap((it) => pointersOf(it, false));
  const team = Array.isArray(owners) ? owners.map((id) => ({ id: String(id) })) : [];
  const self = !top && 'id' in rest && 'version' in rest ? [rest as unknown as Front] : [];
  return [...self, ...team, ...nested];
}

it(
  'shows of each message the newest version first',
  () => {
    fc.assert(
      fc.property(fc.uniqueArray(VERSION, { minLength: 1, selector: filledVersion }), (versions) => {
        const messages: Service['messages'] = versions.map((version) => ({
          name: 'a',
          version,
          kind: 'event',
          aggregate: undefined,
          action: 'send',
        }));
        const service: Service = { domain: 'one', file: 'a', title: 'a', owner: undefined, messages };
        const documents = { [fileOf(service)]: JSON.stringify(documentOf(service, undefined)) };
        const pages = pagesOf(eventCatalogOf(load(memoryReader(documents)).workspace)).filter(
          (it) => it.type === 'event',
        );
        const newest = pages.filter((it) => !it.path.includes('/versioned/'));
        const best = Math.max(
          ...versions.map((it) => Number(it.split('.')[0]) * 100 + Number(it.split('.')[1] ?? 0)),
        );
        expect(newest).toHaveLength(1);
        const [major = '', minor = '0'] = newest[0]?.front.version?.split('.') ?? [];
        expect(Number(major) * 100 + Number(minor)).toBe(best);
      }),
    );
  },
  SLOW,
);
