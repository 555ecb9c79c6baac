/**
 * The loyalty service: programmes, templates and enrolments, kept as events. A command is decided, appended and
 * published through the generated producer, all in one transaction; the outbox's relay does the rest.
 */
import { loyaltyProducer } from '@chirograph/generated/loyalty/producers/loyalty';
import { type Clock, type Observe, outbox, repository, type Store, systemClock } from '@chirograph/runtime';
import { enrollment } from './enrollment/enrollment.ts';
import { enrollmentEvents } from './enrollment/stored-events.ts';
import { type EnrollmentService, enrollmentService } from './enrollment-service.ts';
import { pointsExpiry } from './points-expiry.ts';
import { program } from './program/program.ts';
import { programEvents } from './program/stored-events.ts';
import { type ProgramService, programService } from './program-service.ts';
import { type PointsEarnedVersion, publishEnrollment } from './publish-enrollment.ts';
import { publishProgram } from './publish-program.ts';
import { publishTemplate } from './publish-template.ts';
import { templateEvents } from './template/stored-events.ts';
import { template } from './template/template.ts';

export interface LoyaltyService extends ProgramService, EnrollmentService {}

export interface LoyaltyServiceOptions {
  readonly store: Store;
  /** The tier that everyone starts in. */
  readonly initialTierId: string;
  readonly clock?: Clock | undefined;
  readonly observe?: Observe | undefined;
  /** `2.0` unless told otherwise. */
  readonly pointsEarnedVersion?: PointsEarnedVersion | undefined;
}

export function loyaltyService(options: LoyaltyServiceOptions): LoyaltyService {
  const { store, initialTierId, clock = systemClock, observe, pointsEarnedVersion = '2.0' } = options;
  const producer = loyaltyProducer(outbox(store), { clock, observe });
  const publishOfEnrollment = publishEnrollment(producer, pointsEarnedVersion);

  const programs = repository({
    name: 'program',
    decider: program,
    events: programEvents,
    publish: publishProgram(producer),
    clock,
  });
  const templates = repository({
    name: 'template',
    decider: template,
    events: templateEvents,
    publish: publishTemplate(producer),
    clock,
  });
  const enrollments = repository({
    name: 'enrollment',
    decider: enrollment,
    events: enrollmentEvents,
    clock,
    async publish(event, context) {
      await pointsExpiry.note(context.tx, context.id, context.state);
      await publishOfEnrollment(event, context);
    },
  });

  return {
    ...programService({ store, programs, templates }),
    ...enrollmentService({ store, clock, initialTierId, programs, enrollments }),
  };
}
