/**
 * The analytics service: what happens on the platform, in figures and without persons. It notes each happening as an event of
 * its own; a projection counts them one after another, so that none is lost when many come at once.
 */
import type { AnalyticsHandlers } from '@chirograph/generated/learning-platform/consumers/analytics';
import {
  type HandlerContext,
  type Log,
  type Projection,
  projection,
  type Transaction,
} from '@chirograph/runtime';

export interface Figures {
  readonly registrations: number;
  readonly cancellations: number;
  readonly enrolments: number;
  readonly completions: number;
  /** How many users say which language they read. */
  readonly locales: Readonly<Record<string, number>>;
}

const noFigures: Figures = { registrations: 0, cancellations: 0, enrolments: 0, completions: 0, locales: {} };

/** The sum of how far the learners of a course have come, in percent, and how many learners that are. */
export interface CourseFigures {
  readonly learners: number;
  readonly progress: number;
}

type Noted =
  | { readonly type: 'Counted'; readonly what: Exclude<keyof Figures, 'locales'> }
  | { readonly type: 'LocaleChosen'; readonly userId: string; readonly locale: string }
  | {
      readonly type: 'Progressed';
      readonly accessId: string;
      readonly courseId: string;
      readonly progress: number;
    };

export function statistics(): Projection {
  return projection<Noted>({
    name: 'learning-statistics',
    version: '1',
    streamPrefix: 'analytics/',
    async project({ event }, { documents }) {
      const figures = documents<Figures>('figures');
      const was = (await figures.get('platform')) ?? noFigures;
      switch (event.type) {
        case 'Counted':
          await figures.put('platform', { ...was, [event.what]: was[event.what] + 1 });
          return;
        case 'LocaleChosen': {
          const chosen = documents<{ readonly locale: string }>('locales');
          const before = await chosen.get(event.userId);
          await chosen.put(event.userId, { locale: event.locale });
          const locales = { ...was.locales };
          if (before) locales[before.locale] = (locales[before.locale] ?? 1) - 1;
          locales[event.locale] = (locales[event.locale] ?? 0) + 1;
          await figures.put('platform', { ...was, locales });
          return;
        }
        case 'Progressed': {
          const { accessId, courseId, progress } = event;
          const reached = documents<{ readonly progress: number }>('progress');
          const courses = documents<CourseFigures>('courses');
          const before = await reached.get(accessId);
          const course = (await courses.get(courseId)) ?? { learners: 0, progress: 0 };
          await reached.put(accessId, { progress });
          await courses.put(courseId, {
            learners: course.learners + (before ? 0 : 1),
            progress: course.progress - (before?.progress ?? 0) + progress,
          });
          return;
        }
      }
    },
  });
}

export async function figuresIn(counted: Projection, tx: Transaction): Promise<Figures> {
  return (await (await counted.read(tx))?.documents<Figures>('figures').get('platform')) ?? noFigures;
}

export async function courseFiguresIn(
  counted: Projection,
  tx: Transaction,
  courseId: string,
): Promise<CourseFigures | undefined> {
  return (await counted.read(tx))?.documents<CourseFigures>('courses').get(courseId);
}

export function analyticsHandlers(log: Log): AnalyticsHandlers {
  async function note(
    { tx, causedBy }: Pick<HandlerContext, 'tx' | 'causedBy'>,
    subject: string,
    occurredOn: string,
    noted: Noted,
    says: string,
  ): Promise<void> {
    await tx.events.append(`analytics/${subject}`, 'any', [noted], { at: Date.parse(occurredOn) });
    log({ tx, causedBy }, `counts ${says}`);
  }
  const counting =
    (what: Exclude<keyof Figures, 'locales'>, says: string) =>
    (
      { aggregate_id, occurred_on }: { readonly aggregate_id: string; readonly occurred_on: string },
      context: Pick<HandlerContext, 'tx' | 'causedBy'>,
    ): Promise<void> =>
      note(context, aggregate_id, occurred_on, { type: 'Counted', what }, says);

  return {
    userRegistered: counting('registrations', 'a registration'),
    orderCancelled: counting('cancellations', 'a cancellation'),
    courseAccessGranted: counting('enrolments', 'an enrolment'),
    courseCompleted: counting('completions', 'a completion'),
    async userProfileUpdated({ occurred_on, payload: { user_id: userId, profile_data } }, context) {
      const { locale } = profile_data;
      if (locale === undefined) return;
      await note(
        context,
        userId,
        occurred_on,
        { type: 'LocaleChosen', userId, locale },
        `a reader of ${locale}`,
      );
    },
    async progressUpdated({ occurred_on, payload }, context) {
      const { access_id: accessId, course_id: courseId, progress } = payload;
      const noted: Noted = { type: 'Progressed', accessId, courseId, progress };
      await note(context, accessId, occurred_on, noted, `the progress: ${progress} percent`);
    },
  };
}
