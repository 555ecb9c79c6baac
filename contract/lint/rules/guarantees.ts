import { diagnose } from '../../diagnostics/index.ts';
import type { Rule } from '../rule.ts';

/** Delivery is at least once: a contract says what makes two deliveries one message, and what keeps its order. */
export const guarantees: Rule = {
  codes: ['message/no-identity', 'message/no-ordering-key'],
  *check({ messages }) {
    for (const { at, key, version, contract } of messages) {
      const place = { ...at, part: 'key' } as const;
      const message = `${key} ${version}`;
      if (contract.identity.length === 0) yield diagnose('message/no-identity', place, { message });
      if (!contract.orderingKey) yield diagnose('message/no-ordering-key', place, { message });
    }
  },
};
