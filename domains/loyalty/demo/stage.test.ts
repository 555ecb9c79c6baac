import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { memoryBroker } from '@chirograph/runtime/memory';
import { sqliteStore } from '@chirograph/runtime/sqlite';
import { watchedStore } from '@chirograph/runtime/testing';
import { expect, it, onTestFinished } from 'vitest';
import { page } from '../../shared/demo/page.ts';
import { wire } from '../wire.ts';
import { newCast } from './cast.ts';
import { chronicle as newChronicle } from './chronicle.ts';
import { refusal, type Stage, scene } from './stage.ts';
import { storyClock } from './story-clock.ts';

const at = '2026-01-05 09:00';
const { businessId, owner: createdBy } = newCast();

async function staged() {
  const store = watchedStore(sqliteStore({ file: ':memory:' }));
  const clock = storyClock(Date.UTC(2026, 0, 5));
  const chronicle = newChronicle(clock);
  const broker = memoryBroker();
  const { observe, log } = chronicle;
  const domain = wire({ store, broker: chronicle.listening(broker), clock, observe, log });
  await domain.start();
  onTestFinished(async () => {
    await domain.stop();
    await broker.close();
    await store.close();
  });
  const output = new PassThrough();
  const stage: Stage = { domain, store, clock, chronicle, page: page(output) };
  const create = () => domain.loyalty.createProgram({ businessId, programName: 'Tea', createdBy });
  const told = () => {
    output.end();
    return text(output);
  };
  return { stage, create, told };
}

it('tells who published an event, and what each consumer did', async () => {
  const { stage, create, told } = await staged();
  await scene(stage, { at, says: 'It begins.', play: create, follows: ['loyalty.program.created 1.0'] });
  const output = await told();
  expect(output).toMatch(/2026-01-05 09:00 {2}It begins\./);
  expect(output).toMatch(/● loyalty\.program\.created 1\.0 +Tea, DRAFT +from loyalty +\d+\.\d ms/);
  expect(output).toMatch(/│ {2}audit +✓ logs who created the programme Tea +\d+\.\d ms/);
});

it('stops when other events follow than the story says', async () => {
  const { stage, create } = await staged();
  const follows = ['loyalty.program.created 1.0', 'loyalty.program.activated 1.0'];
  await expect(scene(stage, { at, says: 'It begins.', play: create, follows })).rejects.toMatchObject({
    name: 'StoryError',
    message:
      'It begins.: the story says ["loyalty.program.activated 1.0","loyalty.program.created 1.0"]; found was ["loyalty.program.created 1.0"]',
  });
});

it('stops when a command is not refused, or for another reason', async () => {
  const { stage } = await staged();
  const play = () => stage.domain.loyalty.activateProgram({ programId: businessId });
  await refusal(stage, { at, says: 'Nothing is there.', play, code: 'program-unknown' });
  await expect(refusal(stage, { at, says: 'No.', play, code: 'program-active' })).rejects.toThrow(
    'program-unknown',
  );
});
