import { childPointer } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import { carriageOf, charsetOf, isTextType } from '../../model/index.ts';
import type { Rule } from '../rule.ts';

/** What has no codec cannot be sent: it would be JSON under another label. And text says how it is encoded. */
export const contentType: Rule = {
  codes: ['message/content-type-no-codec', 'message/content-type-charset'],
  *check(workspace) {
    for (const message of workspace.messages) {
      const { at, contentType: type, name, version } = message;
      const carriage = carriageOf(workspace, message);
      const place = { file: at.file, pointer: childPointer(at.pointer, 'contentType') };
      if (carriage === undefined) {
        const kind = charsetOf(type) !== undefined ? 'charset' : isTextType(type) ? 'text' : 'other';
        yield diagnose('message/content-type-no-codec', place, { name, version, type, kind });
      } else if (carriage.kind === 'text' && /^text\/plain\s*$/i.test(type))
        yield diagnose('message/content-type-charset', place, { name, version, type });
    }
  },
};
