import { describe, expect, it } from 'vitest';
import { load, memoryReader } from '../load/index.ts';
import { type Edge, identitiesOf, meetingOf, ownPartOf, type Workspace, withNeighbours } from './index.ts';
import { ESTATES } from './meeting/estates.ts';

/** Each estate with each of its documents as the only one of our own. */
const CASES = ESTATES.flatMap(({ why, files }) =>
  Object.keys(files).map((own) => ({ why: `${why}, seen from ${own}`, files, own })),
);

function seenFrom(files: Readonly<Record<string, string>>, own: string): Workspace {
  const { workspace } = load(memoryReader(files));
  return withNeighbours(workspace, (file) => (file === own ? undefined : { name: 'others', folder: file }));
}

function edgeText({ sender, reader, by }: Edge): string {
  return [sender, reader, by].map((it) => (typeof it === 'string' ? it : endText(it))).join(' ');
}

function endText({ operation, message, isReply }: Edge['sender']): string {
  return `${operation.id} ${message.id} ${isReply}`;
}

describe('what concerns our own services', () => {
  it('is whom they meet, as in all of it, and nobody else', () => {
    for (const { why, files, own } of CASES) {
      const whole = seenFrom(files, own);
      const theirs = new Set(whole.services.flatMap((it) => (it.neighbour === undefined ? [] : it.id)));
      const isOurs = ({ sender, reader }: Edge) => !theirs.has(sender.service) || !theirs.has(reader.service);
      const part = ownPartOf(whole);
      const edges = meetingOf(part).edges;
      expect([why, edges.filter(isOurs).map(edgeText).sort()]).toEqual([
        why,
        meetingOf(whole).edges.filter(isOurs).map(edgeText).sort(),
      ]);
      const met = new Set(edges.filter(isOurs).flatMap((it) => [it.sender.service, it.reader.service]));
      expect([why, part.services.filter((it) => theirs.has(it.id) && !met.has(it.id))]).toEqual([why, []]);
    }
  });

  it('is whole: nothing that is kept refers to what is not', () => {
    for (const { why, files, own } of CASES) {
      const { services, channels, operations, messages, domains, ...part } = ownPartOf(seenFrom(files, own));
      const known = new Set([...services, ...channels, ...messages].map((it) => it.id));
      const named = [
        ...operations.flatMap((it) => [
          it.service,
          it.channel,
          ...it.messages,
          ...(it.reply?.messages ?? []),
        ]),
        ...channels.flatMap((it) => it.messages),
      ];
      expect([why, named.filter((it) => !known.has(it))]).toEqual([why, []]);
      const names = new Set(domains.map((it) => it.name));
      expect([...services, ...messages].filter((it) => !names.has(it.domain))).toEqual([]);
      // The models that are built on it find all that they ask for.
      identitiesOf({ services, channels, operations, messages, domains, ...part });
    }
  });
});

describe('a neighbour', () => {
  const document = (title: string, action: string) => `asyncapi: 3.0.0
info: { title: ${title}, version: 1.0.0 }
channels: { c: { address: a, messages: { M: { name: m, payload: { type: object } } } } }
operations: { o: { action: ${action}, channel: { $ref: '#/channels/c' } } }
`;
  const { workspace } = load(
    memoryReader({
      'neighbours/shop/specs/shop/orders.asyncapi.yaml': document('Orders', 'send'),
      'specs/shop/orders.asyncapi.yaml': document('Own orders', 'receive'),
    }),
  );
  const seen = withNeighbours(workspace, (file) =>
    file.startsWith('neighbours/shop/') ? { name: 'shop', folder: 'neighbours/shop' } : undefined,
  );

  it('whose folders are called like ours is told apart from us', () => {
    expect(seen.domains).toEqual([
      { name: 'neighbour-shop', folder: 'neighbours/shop', neighbour: 'shop' },
      { name: 'shop', folder: 'specs/shop' },
    ]);
    expect(seen.services.map((it) => [it.title, it.domain, it.neighbour])).toEqual([
      ['Orders', 'neighbour-shop', 'shop'],
      ['Own orders', 'shop', undefined],
    ]);
    expect(seen.messages.map((it) => it.domain)).toEqual(['neighbour-shop', 'shop']);
  });

  it('lends no message that nobody uses', () => {
    const unused = 'components: { messages: { Spare: { name: spare, payload: { type: object } } } }\n';
    const both = load(
      memoryReader({
        'neighbours/shop/specs/shop/orders.asyncapi.yaml': document('Orders', 'send') + unused,
        'specs/shop/orders.asyncapi.yaml': document('Own orders', 'receive') + unused,
      }),
    ).workspace;
    const theirs = withNeighbours(both, (file) =>
      file.startsWith('neighbours/shop/') ? { name: 'shop', folder: 'neighbours/shop' } : undefined,
    );
    expect(theirs.spare?.map((it) => it.domain)).toEqual(['neighbour-shop', 'shop']);
    expect(ownPartOf(theirs).spare?.map((it) => it.domain)).toEqual(['shop']);
  });

  it('that is none leaves the workspace as it is', () => {
    expect(withNeighbours(workspace, () => undefined)).toBe(workspace);
    expect(ownPartOf(workspace)).toBe(workspace);
  });
});
