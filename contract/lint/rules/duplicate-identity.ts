import { diagnose } from '../../diagnostics/index.ts';
import type { Message } from '../../model/index.ts';
import type { Rule } from '../rule.ts';

/** Name and version identify a message within its domain; two definitions of one identity drift apart. */
export const duplicateIdentity: Rule = {
  codes: ['message/duplicate-identity'],
  *check({ messages }) {
    const first = new Map<string, Message>();
    for (const message of messages) {
      const { domain, name, version } = message;
      const identity = `${domain} ${name} ${version}`;
      const other = first.get(identity);
      if (!other) {
        first.set(identity, message);
        continue;
      }
      yield diagnose('message/duplicate-identity', { ...message.at, part: 'key' }, { name, version }, [
        { message: 'the other one', at: { ...other.at, part: 'key' } },
      ]);
    }
  },
};
