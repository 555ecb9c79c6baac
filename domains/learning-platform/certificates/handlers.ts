/** The certificates service: who is near one, and who has one. */
import type { CertificatesHandlers } from '@chirograph/generated/learning-platform/consumers/certificates';
import type { Log, Transaction } from '@chirograph/runtime';

/** How far each access has come, in percent. */
export function approaches(tx: Transaction) {
  return tx.documents<{ readonly progress: number }>('certificates/approaches');
}

/** By access: one for a user and a course. */
export function certificates(tx: Transaction) {
  return tx.documents<{ readonly userId: string; readonly courseId: string; readonly issuedAt: string }>(
    'certificates/issued',
  );
}

export function certificatesHandlers(log: Log): CertificatesHandlers {
  return {
    async progressUpdated({ payload: { access_id, progress } }, context) {
      await approaches(context.tx).put(access_id, { progress });
      log(context, `${100 - progress} percent are left to the certificate`);
    },
    async courseCompleted({ occurred_on: issuedAt, payload }, context) {
      const { access_id, user_id: userId, course_id: courseId } = payload;
      await certificates(context.tx).put(access_id, { userId, courseId, issuedAt });
      log(context, 'issues the certificate');
    },
  };
}
