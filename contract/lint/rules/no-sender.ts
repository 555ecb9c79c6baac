import { diagnose } from '../../diagnostics/index.ts';
import { sendersOf } from '../../model/index.ts';
import type { Rule } from '../rule.ts';

/** A service that waits for a message which nobody sends waits for ever. One finding per operation. */
export const noSender: Rule = {
  codes: ['message/no-sender'],
  *check(workspace) {
    const sent = new Set(
      workspace.messages.filter((it) => sendersOf(workspace, it.id).length > 0).map((it) => it.id),
    );
    for (const operation of workspace.operations) {
      if (operation.action !== 'receive' || operation.messages.some((id) => sent.has(id))) continue;
      const message = workspace.messages.find((it) => operation.messages.includes(it.id));
      const service = workspace.services.find((it) => it.id === operation.service);
      if (!message || !service) continue;
      const at = { file: operation.at.file, pointer: `${operation.at.pointer}/channel` };
      yield diagnose('message/no-sender', at, { name: message.name, service: service.name });
    }
  },
};
