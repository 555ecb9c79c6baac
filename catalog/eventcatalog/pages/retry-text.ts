import type { RetrySchedule } from '@chirograph/contract/model';
import { duration } from '../../text/duration.ts';

/** A retry schedule in words. */
export function retryText({ delays }: RetrySchedule): string {
  if (delays.length === 0) return 'never: the first failure makes it a dead letter';
  return `again after ${delays.map(duration).join(', ')}; then it is a dead letter`;
}
