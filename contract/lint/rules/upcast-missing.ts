import { diagnose } from '../../diagnostics/index.ts';
import { compareVersions, type Message, upcastSteps, versionsOf } from '../../model/index.ts';
import { isDoubtful } from '../doubt.ts';
import type { Rule } from '../rule.ts';

/** A handler is written for the newest version; each older one needs a way to it, be it by way of versions between. */
export const upcastMissing: Rule = {
  codes: ['message/upcast-missing'],
  *check(workspace) {
    for (const message of workspace.messages) {
      const [newest, ...older] = versionsOf(workspace, message);
      if (newest?.id !== message.id || [newest, ...older].some((it) => isDoubtful(workspace, it))) continue;
      const versions = [newest, ...older];
      // One that comes from nowhere is probably meant for it, and has a finding of its own.
      if (versions.some((it) => comesFromNowhere(it, older))) continue;
      for (const { from, upcast } of upcastSteps(versions, newest).values()) {
        if (upcast) continue;
        yield diagnose(
          'message/upcast-missing',
          { ...newest.at, part: 'key' },
          { name: newest.name, from: from.version, to: newest.version },
        );
      }
    }
  },
};

function comesFromNowhere({ version, contract }: Message, older: readonly Message[]): boolean {
  return contract.upcasts.some(
    ({ from }) => !older.some((it) => it.version === from && compareVersions(from, version) < 0),
  );
}
