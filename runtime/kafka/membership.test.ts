import * as client from '@platformatic/kafka';
import { expect, it, vi } from 'vitest';
import { apisOf } from './client.ts';
import type { Cluster } from './cluster.ts';
import { ErrorCode } from './error-codes.ts';
import type { Link } from './link.ts';
import { takeSeat } from './membership.ts';

const apis = apisOf(client);
const ACCEPTED = { errorCode: 0 };
const PARTITION = { topic: 'orders', partition: 0 };

/** A coordinator whose answers to JoinGroup and OffsetCommit come when the test gives them, and a member at it. */
function memberAtCoordinator() {
  const joins: PromiseWithResolvers<unknown>[] = [];
  const commits: PromiseWithResolvers<unknown>[] = [];
  const assignment = client.encodeConsumerProtocolAssignment({
    version: 0,
    assignedPartitions: [],
    userData: Buffer.from('{}'),
  });
  const waitIn = (list: PromiseWithResolvers<unknown>[]): Promise<unknown> => {
    const one = Promise.withResolvers<unknown>();
    list.push(one);
    return one.promise;
  };
  const link = {
    isOpen: true,
    close: () => undefined,
    onClose: () => undefined,
    async call(api: unknown) {
      if (api === apis.joinGroup) return waitIn(joins);
      if (api === apis.offsetCommit) return waitIn(commits);
      return api === apis.syncGroup ? { ...ACCEPTED, assignment } : ACCEPTED;
    },
  };
  const lapsed = vi.fn();
  const assigned = vi.fn();
  const seat = takeSeat({
    client,
    cluster: {
      apis,
      coordinator: async () => 1,
      link: async () => link as unknown as Link,
    } as Partial<Cluster> as Cluster,
    group: 'billing',
    sessionTimeout: 60_000,
    rebalanceTimeout: 60_000,
    describe: () => ({ topics: ['orders'], channels: [], from: 'first', owned: [], refused: [] }),
    offsetsOf: async () => new Map(),
    unsettled: () => undefined,
    assigned,
    lapsed,
    onFault: () => undefined,
  });
  return {
    seat,
    joins,
    commits,
    lapsed,
    /** Lets the member in, as one to whom another gives its part. */
    async letIn(generationId: number) {
      await vi.waitFor(() => expect(joins).toHaveLength(generationId));
      joins.at(-1)?.resolve({ ...ACCEPTED, memberId: 'm', leader: 'other', generationId, members: [] });
      await vi.waitFor(() => expect(assigned).toHaveBeenCalledTimes(generationId));
    },
  };
}

it('joins again when it gave up a partition while it was joining, so that the partition has an owner', async () => {
  const { seat, joins, letIn } = memberAtCoordinator();
  await vi.waitFor(() => expect(joins).toHaveLength(1));
  // The others were told what it owned when the join began.
  seat.rejoin();
  await letIn(1);
  await letIn(2);
  expect(seat.generation).toBe(2);
  await seat.leave();
});

it('keeps its partitions when a commit is refused for a generation that has passed', async () => {
  const { seat, commits, lapsed, letIn } = memberAtCoordinator();
  await letIn(1);
  const committing = seat.commit([{ ...PARTITION, offset: 7n, note: '' }]);
  await vi.waitFor(() => expect(commits).toHaveLength(1));
  seat.rejoin();
  await letIn(2);
  const refusal = { partitionIndex: 0, errorCode: ErrorCode.illegalGeneration };
  commits[0]?.resolve({ topics: [{ name: 'orders', partitions: [refusal] }] });
  expect(await committing).toBe(false);
  expect(lapsed).not.toHaveBeenCalled();
  await seat.leave();
});

it('gives everything up when a commit is refused for the present generation', async () => {
  const { seat, commits, lapsed, letIn } = memberAtCoordinator();
  await letIn(1);
  const committing = seat.commit([{ ...PARTITION, offset: 7n, note: '' }]);
  await vi.waitFor(() => expect(commits).toHaveLength(1));
  const refusal = { partitionIndex: 0, errorCode: ErrorCode.illegalGeneration };
  commits[0]?.resolve({ topics: [{ name: 'orders', partitions: [refusal] }] });
  expect(await committing).toBe(false);
  expect(lapsed).toHaveBeenCalledOnce();
  await seat.leave();
});
