/** Achievements: badges, one for each course that a user finished. */
import type { AchievementsHandlers } from '@chirograph/generated/learning-platform/consumers/achievements';
import type { Log, Transaction } from '@chirograph/runtime';

/** By access. */
export function badges(tx: Transaction) {
  return tx.documents<{ readonly userId: string; readonly courseId: string }>('achievements/badges');
}

export function achievementsHandlers(log: Log): AchievementsHandlers {
  return {
    async courseCompleted({ payload: { access_id, user_id: userId, course_id: courseId } }, context) {
      await badges(context.tx).put(access_id, { userId, courseId });
      log(context, 'awards the badge');
    },
  };
}
