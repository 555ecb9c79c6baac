import { folderReader, load } from '@chirograph/contract/load';
import { describe, expect, it } from 'vitest';
import { flowOf, follow } from './follow.ts';
import { roleOf } from './role.ts';
import { stories } from './story.ts';

const { workspace } = load(folderReader('mock/fixtures', ['.']));

const id = (name: string, version = '1.0') =>
  workspace.messages.find((it) => it.name === `parcels.${name}` && it.version === version)!.id;
const nameOf = (message: string) => workspace.messages.find((it) => it.id === message)!.name;
const role = (name: string) => roleOf(workspace, workspace.services.find((it) => it.name === name)!);
const flowName = (flow: string | undefined) => workspace.flows.find((it) => it.id === flow)?.name;
const arrived = id('arrived', '2.0');

describe('the role of a service', () => {
  it('opens with the newest version of what follows from nothing', () => {
    expect(role('depot').opens).toEqual([arrived]);
    expect(role('customs').opens).toEqual([]);
  });

  it('answers a command with the first of what it leads to, and leaves the others to conditions', () => {
    const { cues, opens } = role('depot');
    expect(cues).toEqual([{ flow: undefined, after: [[id('store')]], send: id('stored') }]);
    expect(opens).not.toContain(id('misplaced'));
  });

  it('overhears what a flow has it follow and its document does not receive', () => {
    expect(role('billing')).toMatchObject({ receives: [] });
    expect(role('billing').overhears.map(nameOf)).toEqual(['parcels.arrived', 'parcels.arrived']);
    expect(role('courier').overhears).toEqual([]);
  });

  it('listens where its operations are, and where others say what it follows', () => {
    expect(role('customs').listensOn).toEqual(['parcels.arrived']);
    expect(role('billing').listensOn).toEqual(['parcels.arrived']);
    expect([...role('billing').sendsOn]).toMatchObject([[id('paid'), { address: 'parcels.paid' }]]);
  });

  it('waits for all that a step depends on', () => {
    const cues = role('courier').cues.map(({ flow, after, send }) => [
      flowName(flow),
      after.flat().map(nameOf),
      nameOf(send),
    ]);
    expect(cues).toEqual([
      ['delivery', ['parcels.cleared', 'parcels.paid'], 'parcels.delivered'],
      ['loss', ['parcels.cleared'], 'parcels.lost'],
    ]);
  });
});

describe('what follows from a message', () => {
  const next = (messages: readonly string[], preferred: readonly string[] = []) => {
    const known = stories();
    const courier = role('courier');
    return messages.map((name) => {
      const story = known.hear('c-1', id(name), {});
      return follow(workspace, courier, story, id(name), preferred).map((it) => nameOf(it.send));
    });
  };

  it.each([
    { heard: ['cleared', 'paid'], says: [[], ['parcels.delivered']] },
    { heard: ['paid', 'cleared'], says: [[], ['parcels.delivered']] },
    { heard: ['cleared'], preferred: ['loss'], says: [['parcels.lost']] },
    // What was paid for is in no flow of losses.
    { heard: ['paid', 'cleared'], preferred: ['loss'], says: [[], ['parcels.delivered']] },
  ])('$heard, preferring $preferred', ({ heard, preferred, says }) => {
    expect(next(heard, preferred)).toEqual(says);
  });

  it('is read from the first flow that knows the message, where nothing else decides', () => {
    const story = stories().hear('c', arrived, {});
    expect(flowOf(workspace, story, arrived)?.name).toBe('delivery');
    expect(flowOf(workspace, story, arrived, ['loss'])?.name).toBe('loss');
    expect(flowOf(workspace, story, id('store'))).toBeUndefined();
  });
});

describe('stories', () => {
  it('keeps the latest word first, and one story apart from another', () => {
    const known = stories();
    known.hear('a', arrived, { n: 1 });
    known.hear('b', arrived, { n: 9 });
    expect(known.hear('a', arrived, { n: 2 }).facts).toEqual([{ n: 2 }, { n: 1 }]);
  });

  it('forgets the one that was not continued for longest', () => {
    const known = stories(2);
    known.hear('a', arrived, {});
    known.hear('b', arrived, {});
    known.take('a', 'cue');
    known.hear('c', arrived, {});
    expect([...known.of('a').taken]).toEqual(['cue']);
    expect(known.of('b').heard.size).toBe(0);
  });
});
