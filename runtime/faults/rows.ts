import type { Row } from './row.ts';
import { brokerAway, killedBrokers, silentConnection } from './rows/brokers.ts';
import { kills } from './rows/kills.ts';
import { openTransactions, staleHolder, twoRelays } from './rows/relays.ts';

/** The matrix. */
export const ROWS: readonly Row[] = [
  ...kills,
  openTransactions,
  twoRelays,
  staleHolder,
  ...killedBrokers,
  brokerAway,
  silentConnection,
];
