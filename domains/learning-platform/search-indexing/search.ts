/**
 * The search index of the courses: a projection of their stored events, which can be built anew at any time. A course that is
 * deprecated is found no longer from the moment in which that is told, however far the projection is.
 */
import type { SearchIndexingHandlers } from '@chirograph/generated/learning-platform/consumers/search-indexing';
import { type Log, type Projection, projection, type Transaction } from '@chirograph/runtime';
import type { CourseEvent } from '../course/course.ts';

interface Indexed {
  readonly words: readonly string[];
}

function removed(tx: Transaction) {
  return tx.documents<Record<string, never>>('search/removed');
}

export function searchIndex(): Projection {
  return projection<CourseEvent>({
    name: 'course-search',
    version: '1',
    streamPrefix: 'course/',
    async project({ event: { type, data } }, { documents }) {
      const index = documents<Indexed>('courses');
      if (type === 'CourseCreated') await index.put(data.course_id, { words: wordsOf(data.title) });
      if (type === 'CourseUpdated') {
        await index.put(data.course_id, { words: wordsOf(`${data.title} ${data.description}`) });
      }
      if (type === 'CourseDeprecated') await index.delete(data.course_id);
    },
  });
}

/** The courses in which each of the words begins a word. */
export async function search(index: Projection, tx: Transaction, text: string): Promise<readonly string[]> {
  const wanted = wordsOf(text);
  const model = await index.read(tx);
  if (!model || wanted.length === 0) return [];
  const gone = new Set((await removed(tx).list()).map(({ id }) => id));
  const all = await model.documents<Indexed>('courses').list();
  return all
    .filter(
      ({ id, document: { words } }) =>
        !gone.has(id) && wanted.every((it) => words.some((word) => word.startsWith(it))),
    )
    .map(({ id }) => id);
}

function wordsOf(text: string): readonly string[] {
  return [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])];
}

export function searchIndexingHandlers(log: Log): SearchIndexingHandlers {
  return {
    async courseDeprecated({ payload: { course_id, title } }, context) {
      await removed(context.tx).put(course_id, {});
      log(context, `"${title}" is found no longer`);
    },
  };
}
