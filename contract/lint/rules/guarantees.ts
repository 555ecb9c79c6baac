import { diagnose } from '../../diagnostics/index.ts';
import { isDoubtful } from '../doubt.ts';
import type { Rule } from '../rule.ts';

/**
 * What a consumer relies on: delivery is at least once, so a contract says what makes two deliveries one message, what
 * keeps its order, and for how long it can be read again.
 */
export const guarantees: Rule = {
  codes: ['message/no-identity', 'message/no-ordering-key', 'message/no-retention', 'message/no-version'],
  *check(workspace) {
    for (const message of workspace.messages) {
      if (isDoubtful(workspace, message)) continue;
      const { at, key, version, contract } = message;
      const place = { ...at, part: 'key' } as const;
      const label = `${key} ${version}`;
      if (contract.identity.length === 0) yield diagnose('message/no-identity', place, { message: label });
      if (!contract.orderingKey) yield diagnose('message/no-ordering-key', place, { message: label });
      if (contract.retention === undefined) yield diagnose('message/no-retention', place, { message: label });
      if (contract.version === undefined) yield diagnose('message/no-version', place, { message: key });
    }
  },
};
