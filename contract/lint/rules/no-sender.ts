import { diagnose } from '../../diagnostics/index.ts';
import { carriedBy } from '../../model/index.ts';
import { maySend } from '../doubt.ts';
import type { Rule } from '../rule.ts';

/** A service that waits for a message which nobody sends waits for ever. One finding per operation. */
export const noSender: Rule = {
  codes: ['message/no-sender'],
  *check(workspace) {
    const sent = new Set(workspace.operations.flatMap((it) => carriedBy(it, 'send').messages));
    const messages = new Map(workspace.messages.map((it) => [it.id, it]));
    const services = new Map(workspace.services.map((it) => [it.id, it]));
    for (const operation of workspace.operations) {
      if (operation.action !== 'receive' || operation.messages.some((id) => sent.has(id))) continue;
      const message = messages.get(operation.messages[0] ?? '');
      const service = services.get(operation.service);
      if (!message || !service || maySend(workspace, message, operation)) continue;
      const at = { file: operation.at.file, pointer: `${operation.at.pointer}/channel` };
      yield diagnose('message/no-sender', at, { name: message.name, service: service.name });
    }
  },
};
