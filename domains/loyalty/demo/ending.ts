import { derivedId, fold, type Transaction } from '@chirograph/runtime';
import { assertTold } from '../../shared/demo/story-error.ts';
import { noFigures, programFigures, templateUses } from '../analytics/handlers.ts';
import { auditLog } from '../audit/handlers.ts';
import { openPrograms, profiles } from '../customer/handlers.ts';
import { stock } from '../inventory/handlers.ts';
import { enrollment } from '../loyalty/enrollment/enrollment.ts';
import type { EnrollmentEvent } from '../loyalty/enrollment/events.ts';
import { sentMails } from '../notification/mail.ts';
import { benefits, issuedRewards } from '../reward/rewards.ts';
import { templateUsage } from '../template/handlers.ts';
import { standings } from '../tier/handlers.ts';
import type { Cast } from './cast.ts';
import type { Passage } from './chronicle.ts';
import type { EventMetrics } from './metrics.ts';
import type { Stage } from './stage.ts';

/** Prints what each service knows at the end. Throws a StoryError if it is not what the story has led to. */
export async function printReadModels({ store, page }: Stage, cast: Cast, programId: string): Promise<void> {
  const told = await store.transaction((tx) => factsOf(tx, cast, programId));
  page.line();
  page.line([{ text: 'What the services know now', style: 'bold' }]);
  page.line();
  for (const [service, is, expected] of told) {
    assertTold(`what ${service} knows`, is, expected);
    page.line([{ text: `    ${service.padEnd(14)}`, style: 'dim' }, { text: is }]);
  }
}

type Fact = readonly [service: string, is: string, expected: string];

async function factsOf(
  tx: Transaction,
  { ada, templateId, mug, stickers }: Cast,
  programId: string,
): Promise<readonly Fact[]> {
  const enrollmentId = derivedId(programId, ada);
  const figures = (await programFigures(tx).get(programId)) ?? noFigures;
  const membership = (await profiles(tx).get(ada))?.memberships[programId];
  const standing = await standings(tx).get(enrollmentId);
  const mails = await sentMails(tx).list();
  const mine = (await issuedRewards(tx).list())
    .map(({ document }) => document)
    .filter((one) => one.customerId === ada);
  const usage = await templateUsage(tx).get(templateId);
  const uses = await templateUses(tx).get(templateId);
  const entries = (await auditLog(tx).list()).map(({ document }) => document);
  const audited = entries
    .filter((entry) => entry.programId === programId)
    .map(({ at, did }) => `${at.slice(0, 10)} ${did}`);
  const open = await openPrograms(tx).get(programId);
  const stocked = await Promise.all([mug, stickers].map((reward) => stock(tx).get(reward)));
  const benefit = await benefits(tx).get(enrollmentId);
  const { pointsEarned, pointsRedeemed, pointsExpired } = figures;
  const stream = await tx.events.load<EnrollmentEvent>(`enrollment/${enrollmentId}`);
  const enrolled = fold(
    enrollment,
    stream.map(({ event }) => event),
  );
  const lots = enrolled.kind === 'enrolled' ? enrolled.lots : [];
  return [
    [
      'loyalty',
      `Ada has ${lots.map(({ points, expiresAt }) => `${points} points to ${expiresAt?.slice(0, 10)}`).join(' and ')}; ${stream.length} events stored`,
      'Ada has 30 points to 2027-12-01 and 5 points to 2028-03-14; 17 events stored',
    ],
    [
      'analytics',
      `${pointsEarned} points earned, ${pointsRedeemed} redeemed, ${pointsExpired} expired; purchases: ${figures.purchases}; template uses: ${uses?.uses}`,
      '615 points earned, 430 redeemed, 150 expired; purchases: 5; template uses: 1',
    ],
    ['audit', audited.join(', '), '2026-01-05 created the programme Coffee Rewards'],
    [
      'customer',
      `Ada is in ${membership?.programName}, segment ${membership?.segment}; the programme takes enrolments: ${open?.open}`,
      'Ada is in Coffee Rewards, segment Silver; the programme takes enrolments: true',
    ],
    [
      'inventory',
      stocked.map((item) => (item?.kind === 'physical' ? `${item.left} x ${item.name}` : '')).join(', '),
      '1 x Barista mug, 49 x Sticker set',
    ],
    ['notification', `${mails.length} mails sent`, '15 mails sent'],
    [
      'reward',
      `issued ${mine
        .map(({ rewardName }) => rewardName)
        .sort()
        .join(' and ')}; ${benefit?.tierName} brings ${benefit?.benefit}`,
      'issued Barista mug and Sticker set; Silver brings free delivery',
    ],
    ['template', `${usage?.templateName}: ${usage?.uses} use`, 'Coffee shop starter: 1 use'],
    [
      'tier',
      `Ada is ${standing?.tier}: ${standing?.qualifyingPoints} points in all`,
      'Ada is Silver: 615 points in all',
    ],
  ];
}

/**
 * Prints what OpenTelemetry has collected, under the names of its instruments. Throws a StoryError if that is not
 * what was played.
 */
export function printMetrics({ page, chronicle }: Stage, table: readonly EventMetrics[]): void {
  const counted = table.map(({ eventType, published, failed }) => [eventType, published, failed]);
  assertTold('what OpenTelemetry has counted', counted, countsOf(chronicle.passages));
  const row = (cells: readonly (string | number)[]): string => {
    const [event = '', published, handled, mean, max, failed] = cells.map(String);
    const times = [handled, mean, max].map((cell = '') => cell.padStart(10)).join('');
    return `    ${event.padEnd(27)}${published?.padStart(18)}${times}${failed?.padStart(15)}`;
  };
  page.line();
  page.line([{ text: 'What OpenTelemetry has counted', style: 'bold' }]);
  page.line();
  const instruments = [
    'events.published'.padStart(18),
    'events.processing_time'.padStart(30),
    'events.failed'.padStart(15),
  ];
  const heads = [
    `${' '.repeat(31)}${instruments.join('')}`,
    row(['', '', 'handled', 'mean', 'max', 'tries']),
  ];
  for (const head of heads) page.line([{ text: head, style: 'dim' }]);
  for (const { eventType, published, handled, mean, max, failed } of table) {
    page.line([
      {
        text: row([
          eventType,
          published,
          handled,
          `${mean.toFixed(1)} ms`,
          `${max.toFixed(1)} ms`,
          failed || '-',
        ]),
      },
    ]);
  }
}

/** Name, how often published, and failed tries of each kind of event, as the chronicle saw them. */
function countsOf(passages: readonly Passage[]): readonly (readonly [string, number, number])[] {
  const byName = Map.groupBy(passages, ({ message }) => String(message.name));
  return [...byName]
    .map(([name, ofName]) => {
      const kinds = ofName.flatMap(({ outcomes }) => outcomes.map(({ what }) => what.kind));
      const failed = kinds.filter((kind) => kind === 'retrying' || kind === 'dead-lettered');
      return [name, ofName.length, failed.length] as const;
    })
    .sort(([one], [other]) => (one < other ? -1 : 1));
}
