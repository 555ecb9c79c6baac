import { childPointer, isObject } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import type { Rule } from '../rule.ts';
import { inSchemas } from '../schema-nodes.ts';

/** Names that fields with data about a person commonly have. */
const PERSONAL =
  /^(e-?mail(address)?|(first|last|middle|full|sur|maiden)name|(mobile|tele)?phone(number)?|mobile(number)?|(date)?of?birth(date|day)?|dob|ssn|socialsecuritynumber|passport(number|no)?|(drivers?)?licen[cs]enumber|nationalid|taxid|iban|creditcard(number)?|cardnumber|(ip|street|home|postal|billing|shipping)address|gender|nationality|ethnicity|religion)$/;

/** Data about a person is marked, so that those who store or pass on a message know what they hold. */
export const personalData: Rule = {
  codes: ['schema/personal-data-unmarked'],
  check: (workspace) =>
    inSchemas(
      workspace,
      'personal-data',
      function* ({ schema, at }) {
        for (const [name, field] of Object.entries(isObject(schema.properties) ? schema.properties : {})) {
          if (!PERSONAL.test(name.toLowerCase().replace(/[^a-z-]/g, ''))) continue;
          const target =
            isObject(field) && typeof field.$ref === 'string' ? workspace.schemas[field.$ref]?.json : field;
          if (!isObject(target) || 'x-personal-data' in target) continue;
          const place = {
            file: at.file,
            pointer: childPointer(at.pointer, 'properties', name),
            part: 'key',
          } as const;
          yield diagnose('schema/personal-data-unmarked', place, { name });
        }
      },
      ['properties'],
    ),
};
