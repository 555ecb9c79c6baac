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
import { ordersConsumer } from '@chirograph/generated/learning-platform/consumers/orders';
import { paymentConsumer } from '@chirograph/generated/learning-platform/consumers/payment';
import { policiesProjectionConsumer } from '@chirograph/generated/learning-platform/consumers/policies-projection';
import { refundPolicyConsumer } from '@chirograph/generated/learning-platform/consumers/refund-policy';
import { searchIndexingConsumer } from '@chirograph/generated/learning-platform/consumers/search-indexing';
import { securityConsumer } from '@chirograph/generated/learning-platform/consumers/security';
import { userConsumer } from '@chirograph/generated/learning-platform/consumers/user';
import { websiteConsumer } from '@chirograph/generated/learning-platform/consumers/website';
import { accessHttp } from '@chirograph/generated/learning-platform/http/access';
import { courseHttp } from '@chirograph/generated/learning-platform/http/course';
import { ordersHttp } from '@chirograph/generated/learning-platform/http/orders';
import { refundPolicyHttp } from '@chirograph/generated/learning-platform/http/refund-policy';
import { userHttp } from '@chirograph/generated/learning-platform/http/user';
import { accessProducer } from '@chirograph/generated/learning-platform/producers/access';
import { courseProducer } from '@chirograph/generated/learning-platform/producers/course';
import { ordersProducer } from '@chirograph/generated/learning-platform/producers/orders';
import { refundPolicyProducer } from '@chirograph/generated/learning-platform/producers/refund-policy';
import { userProducer } from '@chirograph/generated/learning-platform/producers/user';
import {
  type WebsiteProducer,
  websiteProducer,
} from '@chirograph/generated/learning-platform/producers/website';
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
import { learningCallers } from './http.ts';
import { type Mailer, notificationsHandlers } from './notifications/handlers.ts';
import { ordersHandlers } from './orders/handlers.ts';
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
import { userHandlers } from './user/handlers.ts';
import { type UserService, userService } from './user/user-service.ts';
import { websiteHandlers } from './website/handlers.ts';

export interface LearningPlatform extends Service {
  /** Speaks for visitors, users and the staff: their commands go over the broker. */
  readonly website: WebsiteProducer;
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
  const { sending, working, consuming, serving, answering, authenticate, logOf, processOf } = wiring(options);

  const producers = {
    user: userProducer(sending, working),
    policy: refundPolicyProducer(sending, working),
    course: courseProducer(sending, working),
    access: accessProducer(sending, working),
    orders: ordersProducer(sending, working),
  };

  const users = userService({ ...serving, producer: producers.user });
  const policies = refundPolicyService({ ...serving, producer: producers.policy });
  const courses = courseService({
    ...serving,
    producer: producers.course,
    outlook: {
      isUserKnown: users.isKnown,
      policyStatus: async (tx, policyId) => (await policies.find(tx, policyId)).kind,
    },
  });
  const access = accessService({ ...serving, producer: producers.access });
  const orders = ordersService({
    ...serving,
    producer: producers.orders,
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
  const handlers = {
    user: userHandlers(users, producers.user, logOf('user')),
    policy: refundPolicyHandlers(policies, producers.policy, logOf('refund-policy')),
    course: courseHandlers(courses, producers.course, logOf('course')),
    access: accessHandlers(access, producers.access, logOf('access')),
    orders: ordersHandlers(orders, producers.orders, logOf('orders')),
  };
  const asking = { ...answering, ...learningCallers(authenticate) };

  return {
    ...processOf('learning-platform', {
      access: {
        api: accessHttp(asking, handlers.access),
        consumer: accessConsumer(broker, consuming, handlers.access),
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
        api: courseHttp(asking, handlers.course),
        consumer: courseConsumer(broker, consuming, handlers.course),
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
        api: refundPolicyHttp(asking, handlers.policy),
        consumer: refundPolicyConsumer(broker, consuming, handlers.policy),
      },
      'search-indexing': {
        consumer: searchIndexingConsumer(broker, consuming, searchIndexingHandlers(logOf('search-indexing'))),
        workers: [index.keep(store, working)],
      },
      security: {
        consumer: securityConsumer(broker, consuming, securityHandlers(logOf('security'))),
      },
      orders: {
        api: ordersHttp(asking, handlers.orders),
        consumer: ordersConsumer(broker, consuming, handlers.orders),
        workers: orders.watch(working),
      },
      user: {
        api: userHttp(asking, handlers.user),
        consumer: userConsumer(broker, consuming, handlers.user),
      },
      website: {
        consumer: websiteConsumer(broker, consuming, websiteHandlers(logOf('website'))),
      },
    }),
    website: websiteProducer(broker, working),
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
