import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
/** Within the repo, so that its packages are found. */
const FOLDER = join(import.meta.dirname, `.proof-words-${process.pid}`);

/** Faults as people make them, each with what the compiler is to say of it: which message, and which field. */
const FAULTS: readonly (readonly [code: string, says: string])[] = [
  [
    `loyalty.pointsEarned({ aggregateId, data });`,
    `Property 'businessId' is missing in type '{ aggregateId: string; data: PointsEarnedData; }' but required in type 'NewPointsEarned'.`,
  ],
  [
    `loyalty.pointsEarned({ aggregateId, busnessId: '', data });`,
    `Object literal may only specify known properties, but 'busnessId' does not exist in type 'NewPointsEarned'. Did you mean to write 'businessId'?`,
  ],
  [
    `loyalty.pointsEarned({ aggregateId: 7, businessId: '', data });`,
    `Type 'number' is not assignable to type 'string'.`,
  ],
  [
    `loyalty.pointsEarned({ aggregateId, businessId: '', data: { ...data, totlPoints: 7 } });`,
    `Object literal may only specify known properties, but 'totlPoints' does not exist in type 'PointsEarnedData'. Did you mean to write 'totalPoints'?`,
  ],
  [
    `loyalty.pointsEarned({ aggregateId, businessId: '', data: { pointsEarned: 7 } });`,
    `Type '{ pointsEarned: number; }' is missing the following properties from type 'PointsEarnedData': customerId, programId, totalPoints, transactionId, and 2 more.`,
  ],
  [
    `loyalty.customerEnrolled({ aggregateId, businessId: '', data: { ...enrolled, enrollmentMethod: 'PHONE' } });`,
    `Type '"PHONE"' is not assignable to type 'EnrollmentMethod'.`,
  ],
  [
    `orders.orderFailed({ data: failed, metadata: { request_i: '' } });`,
    `Object literal may only specify known properties, but 'request_i' does not exist in type 'Unsent<OrderFailedMetadata, "/source">'. Did you mean to write 'request_id'?`,
  ],
  [
    `tierConsumer(subscriber, options, {});`,
    `Property 'pointsEarned' is missing in type '{}' but required in type 'TierHandlers'.`,
  ],
  [
    `tierConsumer(subscriber, options, { pointsEarned: ({ data }) => console.log(data.totlPoints) });`,
    `Property 'totlPoints' does not exist on type 'PointsEarnedData'. Did you mean 'totalPoints'?`,
  ],
  [
    `samples.pointsEarned.sample({ dta: {} });`,
    `Object literal may only specify known properties, but 'dta' does not exist in type 'Parts<PointsEarned>'. Did you mean to write 'data'?`,
  ],
];

const PREAMBLE = `import type { Publisher, Subscriber, ConsumerOptions } from '@chirograph/runtime';
import type { OrderFailedData } from '../checkout/types.ts';
import type { CustomerEnrolledData, PointsEarnedData } from '../loyalty/types.ts';
import { orderServiceProducer } from '../checkout/producers/order-service.ts';
import { tierConsumer } from '../loyalty/consumers/tier.ts';
import { loyaltyProducer } from '../loyalty/producers/loyalty.ts';
import * as samples from '../loyalty/samples.ts';
declare const [publisher, subscriber, options]: [Publisher, Subscriber, ConsumerOptions];
declare const [data, enrolled, failed]: [PointsEarnedData, CustomerEnrolledData, OrderFailedData];
const [loyalty, orders, aggregateId] = [loyaltyProducer(publisher), orderServiceProducer(publisher), ''];
`;

it('lets the compiler name the message and the field, and say no more', { timeout: 120_000 }, () => {
  mkdirSync(FOLDER);
  try {
    writeFileSync(join(FOLDER, 'faults.ts'), PREAMBLE + FAULTS.map(([code]) => `${code}\n`).join(''));
    writeFileSync(
      join(FOLDER, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.json', include: ['faults.ts'], exclude: [] }),
    );
    const tsc = join(ROOT, 'node_modules/.bin/tsc');
    const { stdout } = spawnSync(tsc, ['-p', FOLDER, '--pretty', 'false'], { encoding: 'utf8', cwd: FOLDER });
    const said = stdout.split(/^(?=\S)/m).map((it) => it.replace(/^.*?: error TS\d+: /, '').trim());
    expect(said).toEqual(FAULTS.map(([, says]) => says));
  } finally {
    rmSync(FOLDER, { recursive: true, force: true });
  }
});
