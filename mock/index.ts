/**
 * Mock services: any service of a workspace, run from its contract alone. `mocks` runs them on a broker; `mockApi` shows
 * and steers them over HTTP. The command `chirograph mock` joins the two. `checkMessage` checks one message in the same way.
 */
export { type Api, mockApi } from './api/api.ts';
export { brokerFor, type ChosenBroker } from './brokers/brokers.ts';
export { checkMessage } from './checks/check-message.ts';
export type { Inspection } from './checks/inspect.ts';
export { fullName } from './contracts/contracts.ts';
export { avroCodecsFor } from './contracts/payload-codec.ts';
export { type FaultRates, parseFaults } from './faults/faults.ts';
export { documentOf, type Happening, type Received, type Sent, type Trouble } from './journal/happening.ts';
export type { Counts, Journal } from './journal/journal.ts';
export { parseRates, type Rates } from './rates/rates.ts';
export { chooseSent, chooseServices } from './service/choose.ts';
export type { MockService, Published } from './service/mock-service.ts';
export { channelsFor, type MockOptions, type Mocks, mocks, sentBy } from './service/mocks.ts';
