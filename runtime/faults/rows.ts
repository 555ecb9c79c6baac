import type { Row } from './row.ts';
import { brokerAway, killedBrokers, silentConnection } from './rows/brokers.ts';
import { kills } from './rows/kills.ts';
import { cutCommits, poison, rollout, threeTimes, tooLarge } from './rows/messages.ts';
import { clocks, processManagers, sigterm } from './rows/processes.ts';
import { openTransactions, staleHolder, twoRelays } from './rows/relays.ts';
import { appends, fullDisk, killedPostgres, largeTables } from './rows/stores.ts';

/** The matrix. */
export const ROWS: readonly Row[] = [
  ...kills,
  openTransactions,
  twoRelays,
  staleHolder,
  ...killedBrokers,
  brokerAway,
  silentConnection,
  threeTimes,
  poison,
  cutCommits,
  clocks,
  rollout,
  tooLarge,
  ...appends,
  sigterm,
  killedPostgres,
  fullDisk,
  largeTables,
  processManagers,
];
