import { childPointer } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import { isWithin } from '../contract-place.ts';
import type { Rule } from '../rule.ts';

/** Somebody answers for a service, and says so where others look. */
export const owner: Rule = {
  codes: ['service/no-owner'],
  *check({ services, faults = [] }) {
    for (const { at, title, owner: name } of services) {
      if (name || faults.some((it) => isWithin(it, { file: at.file, pointer: '/info' }))) continue;
      const place = { file: at.file, pointer: childPointer(at.pointer, 'info'), part: 'key' } as const;
      yield diagnose('service/no-owner', place, { service: title });
    }
  },
};
