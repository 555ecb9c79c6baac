/**
 * The learning platform, wired: the only file that knows all of its services. They share a process and a store here; in
 * separate processes each would have its own store and its own part of this file, and the outlooks would be clients.
 */
import { accessConsumer } from '@chirograph/generated/learning-platform/consumers/access';
import { achievementsConsumer } from '@chirograph/generated/learning-platform/consumers/achievements';
import { adminUiConsumer } from '@chirograph/generated/learning-platform/consumers/admin-ui';
import { analyticsConsumer } from '@chirograph/generated/learning-platform/consumers/analytics';
import { auditLogsConsumer } from '@chirograph/generated/learning-platform/consumers/audit-logs';
import { catalogCleanupConsumer } from '@chirograph/generated/learning-platform/consumers/catalog-cleanup';
import { catalogProjectionConsumer } from '@chirograph/generated/learning-platform/consumers/catalog-projection';
import { certificatesConsumer } from '@chirograph/generated/learning-platform/consumers/certificates';
import { courseConsumer } from '@chirograph/generated/learning-platform/consumers/course';
import { notificationsConsumer } from '@chirograph/generated/learning-platform/consumers/notifications';
import { paymentConsumer } from '@chirograph/generated/learning-platform/consumers/payment';
import { policiesProjectionConsumer } from '@chirograph/generated/learning-platform/consumers/policies-projection';
import { refundPolicyConsumer } from '@chirograph/generated/learning-platform/consumers/refund-policy';
import { searchIndexingConsumer } from '@chirograph/generated/learning-platform/consumers/search-indexing';
import { securityConsumer } from '@chirograph/generated/learning-platform/consumers/security';
import { accessProducer } from '@chirograph/generated/learning-platform/producers/access';
import { courseProducer } from '@chirograph/generated/learning-platform/producers/course';
import { ordersProducer } from '@chirograph/generated/learning-platform/producers/orders';
import { refundPolicyProducer } from '@chirograph/generated/learning-platform/producers/refund-policy';
import { userProducer } from '@chirograph/generated/learning-platform/producers/user';
import type { Service } from '@chirograph/runtime';
import { type WireOptions, wiring } from '../shared/wiring/wiring.ts';
import { isOpenAt } from './access/access.ts';
import { type AccessService, accessHandlers, accessService } from './access/access-service.ts';
import { achievementsHandlers } from './achievements/handlers.ts';
import { adminUiHandlers } from './admin-ui/handlers.ts';
import {
  analyticsHandlers,
  type CourseFigures,
  courseFiguresIn,
  type Figures,
  figuresIn,
  statistics,
} from './analytics/handlers.ts';
import { auditLogsHandlers } from './audit-logs/handlers.ts';
import {
  catalogCleanupHandlers,
  catalogProjectionHandlers,
  policiesProjectionHandlers,
} from './catalog/handlers.ts';
import { certificatesHandlers } from './certificates/handlers.ts';
import { type CourseService, courseService } from './course/course-service.ts';
import { courseHandlers } from './course/handlers.ts';
import { type Mailer, notificationsHandlers } from './notifications/handlers.ts';
import { type OrdersService, ordersService } from './orders/orders-service.ts';
import { paymentHandlers } from './payment/handlers.ts';
import type { PaymentProvider } from './payment/payment-provider.ts';
import {
  type RefundPolicyService,
  refundPolicyHandlers,
  refundPolicyService,
} from './refund-policy/refund-policy-service.ts';
import { search, searchIndex, searchIndexingHandlers } from './search-indexing/search.ts';
import { securityHandlers } from './security/handlers.ts';
import { type UserService, userService } from './user/user-service.ts';

export interface LearningPlatform extends Service {
  readonly users: UserService;
  readonly policies: RefundPolicyService;
  readonly courses: CourseService;
  readonly orders: OrdersService;
  readonly access: AccessService;
  /** The courses in which each of the words begins a word. */
  search(text: string): Promise<readonly string[]>;
  figures(): Promise<Figures>;
  /** Undefined before anybody has begun the course. */
  courseFigures(courseId: string): Promise<CourseFigures | undefined>;
}

export interface LearningPlatformOptions extends WireOptions {
  readonly provider: PaymentProvider;
  readonly mailer: Mailer;
}

export function wire(options: LearningPlatformOptions): LearningPlatform {
  const { store, broker, provider, mailer } = options;
  const { sending, working, consuming, serving, logOf, processOf } = wiring(options);

  const users = userService({ ...serving, producer: userProducer(sending, working) });
  const policies = refundPolicyService({ ...serving, producer: refundPolicyProducer(sending, working) });
  const courses = courseService({
    ...serving,
    producer: courseProducer(sending, working),
    outlook: {
      isUserKnown: users.isKnown,
      policyStatus: async (tx, policyId) => (await policies.find(tx, policyId)).kind,
    },
  });
  const access = accessService({ ...serving, producer: accessProducer(sending, working) });
  const orders = ordersService({
    ...serving,
    producer: ordersProducer(sending, working),
    provider,
    outlook: {
      isUserKnown: users.isKnown,
      async offerOf(tx, courseId, userId, at) {
        const course = await courses.find(tx, courseId);
        const isOpen = isOpenAt(await access.find(tx, userId, courseId), at);
        if (course.kind === 'unknown') return { courseId, status: 'unknown', isOpen };
        const { kind: status, price, policyId, isPolicyValid } = course;
        const policy = await policies.find(tx, policyId);
        const terms = policy.kind === 'unknown' || !isPolicyValid ? undefined : policy.terms;
        return { courseId, status, price, terms, isOpen };
      },
      async standingOf(tx, courseId, userId) {
        const { progress } = await access.find(tx, userId, courseId);
        return { courseId, progress, isDeprecated: (await courses.find(tx, courseId)).kind === 'deprecated' };
      },
    },
  });
  const index = searchIndex();
  const counted = statistics();

  return {
    ...processOf('learning-platform', {
      access: {
        consumer: accessConsumer(broker, consuming, accessHandlers(access, logOf('access'))),
        workers: [access.watch(working)],
      },
      achievements: {
        consumer: achievementsConsumer(broker, consuming, achievementsHandlers(logOf('achievements'))),
      },
      'admin-ui': {
        consumer: adminUiConsumer(broker, consuming, adminUiHandlers(logOf('admin-ui'))),
      },
      analytics: {
        consumer: analyticsConsumer(broker, consuming, analyticsHandlers(logOf('analytics'))),
        workers: [counted.keep(store, working)],
      },
      'audit-logs': {
        consumer: auditLogsConsumer(broker, consuming, auditLogsHandlers(logOf('audit-logs'))),
      },
      'catalog-cleanup': {
        consumer: catalogCleanupConsumer(broker, consuming, catalogCleanupHandlers(logOf('catalog-cleanup'))),
      },
      'catalog-projection': {
        consumer: catalogProjectionConsumer(
          broker,
          consuming,
          catalogProjectionHandlers(logOf('catalog-projection')),
        ),
      },
      certificates: {
        consumer: certificatesConsumer(broker, consuming, certificatesHandlers(logOf('certificates'))),
      },
      course: {
        consumer: courseConsumer(broker, consuming, courseHandlers(courses, logOf('course'))),
      },
      notifications: {
        consumer: notificationsConsumer(
          broker,
          consuming,
          notificationsHandlers(mailer, logOf('notifications')),
        ),
      },
      payment: {
        consumer: paymentConsumer(broker, consuming, paymentHandlers(provider, orders, logOf('payment'))),
      },
      'policies-projection': {
        consumer: policiesProjectionConsumer(
          broker,
          consuming,
          policiesProjectionHandlers(logOf('policies-projection')),
        ),
      },
      'refund-policy': {
        consumer: refundPolicyConsumer(
          broker,
          consuming,
          refundPolicyHandlers(policies, logOf('refund-policy')),
        ),
      },
      'search-indexing': {
        consumer: searchIndexingConsumer(broker, consuming, searchIndexingHandlers(logOf('search-indexing'))),
        workers: [index.keep(store, working)],
      },
      security: {
        consumer: securityConsumer(broker, consuming, securityHandlers(logOf('security'))),
      },
      orders: { workers: orders.watch(working) },
    }),
    users,
    policies,
    courses,
    orders,
    access,
    figures: () => store.read((tx) => figuresIn(counted, tx)),
    courseFigures: (courseId) => store.read((tx) => courseFiguresIn(counted, tx, courseId)),
    search: (text) => store.read((tx) => search(index, tx, text)),
  };
}
