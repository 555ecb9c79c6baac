import { childPointer, mergedSchema } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import type { Message, Workspace } from '../../model/index.ts';
import type { Rule } from '../rule.ts';

/** What has no codec cannot be sent: it would be JSON under another label. */
export const contentType: Rule = {
  codes: ['message/content-type-no-codec'],
  *check(workspace) {
    for (const message of workspace.messages) {
      const { at, contentType: type, name, version } = message;
      if (isJson(type) || (isText(type) && isString(workspace, message))) continue;
      const pointer = childPointer(at.pointer, 'contentType');
      const place = { file: at.file, pointer };
      yield diagnose('message/content-type-no-codec', place, { name, version, type, isText: isText(type) });
    }
  },
};

function isJson(type: string): boolean {
  return type === '' || /^[^;]*[/+]json\s*(;|$)/i.test(type);
}

function isText(type: string): boolean {
  return /^text\/[^;+]+\s*(;|$)/i.test(type);
}

function isString(workspace: Workspace, { payload }: Message): boolean {
  const schema = mergedSchema(workspace, payload === undefined ? false : { $ref: payload });
  if (typeof schema === 'boolean') return false;
  const values = schema.const === undefined ? schema.enum : [schema.const];
  return schema.type === 'string' || (Array.isArray(values) && values.every((it) => typeof it === 'string'));
}
