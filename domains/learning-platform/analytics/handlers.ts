/** The analytics service: what happens on the platform, in figures and without persons. */
import type { AnalyticsHandlers } from '@chirograph/generated/learning-platform/consumers/analytics';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';

export interface Figures {
  readonly registrations: number;
  readonly cancellations: number;
  readonly enrolments: number;
  readonly completions: number;
  /** How many users say which language they read. */
  readonly locales: Readonly<Record<string, number>>;
}

export const noFigures: Figures = {
  registrations: 0,
  cancellations: 0,
  enrolments: 0,
  completions: 0,
  locales: {},
};

export function figures(tx: Transaction) {
  return tx.documents<Figures>('analytics/figures');
}

/** By course: the sum of how far its learners have come, in percent, and how many learners that are. */
export function courseFigures(tx: Transaction) {
  return tx.documents<{ readonly learners: number; readonly progress: number }>('analytics/courses');
}

function progressOf(tx: Transaction) {
  return tx.documents<{ readonly progress: number }>('analytics/progress');
}

function localeOf(tx: Transaction) {
  return tx.documents<{ readonly locale: string }>('analytics/locales');
}

export function analyticsHandlers(log: Log): AnalyticsHandlers {
  async function change(
    { tx }: Pick<HandlerContext, 'tx' | 'causedBy'>,
    by: (was: Figures) => Partial<Figures>,
  ): Promise<void> {
    const was = (await figures(tx).get('platform')) ?? noFigures;
    await figures(tx).put('platform', { ...was, ...by(was) });
  }
  const counting =
    (field: Exclude<keyof Figures, 'locales'>, says: string) =>
    async (_: unknown, context: Pick<HandlerContext, 'tx' | 'causedBy'>): Promise<void> => {
      await change(context, (was) => ({ [field]: was[field] + 1 }));
      log(context, `counts ${says}`);
    };

  return {
    userRegistered: counting('registrations', 'a registration'),
    orderCancelled: counting('cancellations', 'a cancellation'),
    courseAccessGranted: counting('enrolments', 'an enrolment'),
    courseCompleted: counting('completions', 'a completion'),
    async userProfileUpdated({ payload: { user_id, profile_data } }, context) {
      const { locale } = profile_data;
      if (locale === undefined) return;
      const before = await localeOf(context.tx).get(user_id);
      await localeOf(context.tx).put(user_id, { locale });
      await change(context, ({ locales }) => {
        const left = before && { [before.locale]: (locales[before.locale] ?? 1) - 1 };
        const now = { ...locales, ...left };
        return { locales: { ...now, [locale]: (now[locale] ?? 0) + 1 } };
      });
      log(context, `counts a reader of ${locale}`);
    },
    async progressUpdated({ payload: { access_id, course_id, progress } }, context) {
      const { tx } = context;
      const before = await progressOf(tx).get(access_id);
      const was = (await courseFigures(tx).get(course_id)) ?? { learners: 0, progress: 0 };
      await progressOf(tx).put(access_id, { progress });
      await courseFigures(tx).put(course_id, {
        learners: was.learners + (before ? 0 : 1),
        progress: was.progress - (before?.progress ?? 0) + progress,
      });
      log(context, `counts the progress: ${progress} percent`);
    },
  };
}
