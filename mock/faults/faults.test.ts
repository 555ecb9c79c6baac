import { folderReader, load } from '@chirograph/contract/load';
import type { WireMessage } from '@chirograph/runtime';
import { sampler } from '@chirograph/runtime/samples';
import { manualClock } from '@chirograph/runtime/testing';
import { describe, expect, it } from 'vitest';
import { contractsOf } from '../contracts/contracts.ts';
import { sampleOf } from '../samples/sample.ts';
import { corrupt } from './corrupt.ts';
import { delivery, LATE, OVERTAKEN_WITHIN } from './delivery.ts';
import { faultsFor, parseFaults } from './faults.ts';

describe('parseFaults', () => {
  it.each([
    ['duplicate=5%,late=2%', { value: { duplicate: 0.05, late: 0.02 } }],
    [' invalid = 0.5 ', { value: { invalid: 0.5 } }],
    ['', { value: {} }],
    ['dupplicate=5%', { problem: expect.stringContaining('did you mean `duplicate`?') }],
    ['lost=5%', { problem: expect.stringContaining('duplicate, late, reorder, invalid, old') }],
    ['late', { problem: expect.stringContaining('write `late=5%`') }],
    ['late=500%', { problem: expect.stringContaining('more than always') }],
  ])('%s', (text, parsed) => {
    expect(parseFaults(text)).toEqual(parsed);
  });
});

describe('faultsFor', () => {
  const ids = Array.from({ length: 2000 }, (_, i) => `m-${i}`);

  it('follows from seed and message, and comes as often as is asked for', () => {
    const of = (seed: number) => ids.map((id) => faultsFor({ duplicate: 0.05, late: 1 }, seed, id));
    expect(of(7)).toEqual(of(7));
    expect(of(7)).not.toEqual(of(8));
    const doubled = of(7).filter((it) => it.includes('duplicate')).length;
    expect(doubled).toBeGreaterThan(60);
    expect(doubled).toBeLessThan(140);
    expect(of(7).every((it) => it.includes('late') && !it.includes('invalid'))).toBe(true);
  });

  it('never happens unasked', () => {
    expect(ids.flatMap((id) => faultsFor({}, 1, id))).toEqual([]);
  });
});

describe('corrupt', () => {
  const { workspace } = load(folderReader('.', ['specs', 'mock/fixtures']));
  const contracts = contractsOf(workspace);

  it.each(workspace.domains.map((it) => it.name))(
    'makes an invalid neighbour of every message of %s',
    { timeout: 60_000 },
    (domain) => {
      for (const message of workspace.messages.filter((it) => it.domain === domain)) {
        const known = contracts.message(message.id);
        const { payload } = sampleOf(contracts, known, 3);
        const corrupted = corrupt(known, payload, sampler(3));
        expect(corrupted, message.name).toBeDefined();
        expect(known.contract.validate(corrupted!.payload)).toBe(false);
        expect(corrupted!.violations.length).toBeGreaterThan(0);
        // It can still be told what it is.
        for (const part of ['id', 'type', 'version'] as const) {
          const { in: where, path } = known.contract.envelope[part] ?? {};
          if (where !== 'payload') continue;
          const at = (value: unknown) =>
            path!.reduce((it: unknown, name) => Reflect.get(Object(it), name), value);
          expect(at(corrupted!.payload)).toEqual(at(payload));
        }
      }
    },
  );
});

describe('delivery', () => {
  const message = (id: string, key?: string): WireMessage => ({
    id,
    channel: 'c',
    ...(key !== undefined && { key }),
    identity: `x ["${id}"]`,
    headers: {},
    contentType: 'application/json',
    body: new Uint8Array(),
  });

  function setup(publish: (id: string) => void = () => {}) {
    const clock = manualClock();
    const published: WireMessage[] = [];
    const lost: string[] = [];
    const out = delivery(
      {
        async publish(messages) {
          for (const it of messages) publish(it.id);
          published.push(...messages);
          return messages.map(() => ({ kind: 'acked' }));
        },
      },
      { clock, seed: 7, onLost: ({ id }) => void lost.push(id) },
    );
    return { clock, out, lost, published, ids: () => published.map((it) => it.id) };
  }

  it('sends a message twice, and says of neither that a broker may drop it', async () => {
    const { out, published, ids } = setup();
    await out.send(message('a'), ['duplicate']);
    expect(ids()).toEqual(['a', 'a']);
    expect(published.map((it) => 'deduplicationId' in it)).toEqual([false, false]);
  });

  it('sends a late message after its time, neither before nor never', async () => {
    const { clock, out, ids } = setup();
    await out.send(message('a'), ['late']);
    await out.send(message('b'), []);
    await clock.advance(LATE.min - 1);
    expect(ids()).toEqual(['b']);
    await clock.advance(LATE.max);
    expect(ids()).toEqual(['b', 'a']);
  });

  it('lets the next message of the same key overtake', async () => {
    const { out, ids } = setup();
    await out.send(message('a', 'k'), ['reorder']);
    await out.send(message('b', 'other'), []);
    await out.send(message('c', 'k'), []);
    expect(ids()).toEqual(['b', 'c', 'a']);
  });

  it('lets several be overtaken by one', async () => {
    const { out, ids } = setup();
    await out.send(message('a', 'k'), ['reorder']);
    await out.send(message('b', 'k'), ['reorder']);
    await out.send(message('c', 'k'), []);
    expect(ids()).toEqual(['c', 'a', 'b']);
  });

  it('does not wait for ever to be overtaken, and can be again', async () => {
    const { clock, out, ids } = setup();
    await out.send(message('a'), ['reorder']);
    await clock.advance(OVERTAKEN_WITHIN);
    await out.send(message('b'), ['reorder']);
    await out.send(message('c'), []);
    expect(ids()).toEqual(['a', 'c', 'b']);
  });

  it('sends what it holds back when it ends, once', async () => {
    const { clock, out, ids } = setup();
    await out.send(message('a'), ['late']);
    await out.send(message('b'), ['reorder']);
    await out.flush();
    await clock.advance(LATE.max);
    expect(ids().toSorted()).toEqual(['a', 'b']);
  });

  it('tells of what the broker refused later, and rejects what it refuses at once', async () => {
    const { out, lost } = setup(() => {
      throw new Error('away');
    });
    await out.send(message('a'), ['late']);
    await out.flush();
    expect(lost).toEqual(['a']);
    await expect(out.send(message('b'), [])).rejects.toThrow('away');
  });
});
