import { ESTATES as addresses } from './kinds/addresses.ts';
import { ESTATES as asyncapi2 } from './kinds/asyncapi-2.ts';
import { ESTATES as avro } from './kinds/avro.ts';
import { ESTATES as conditions } from './kinds/conditions.ts';
import { ESTATES as fields } from './kinds/fields.ts';
import { ESTATES as languages } from './kinds/languages.ts';
import { ESTATES as names } from './kinds/names.ts';
import { ESTATES as patterns } from './kinds/patterns.ts';
import { ESTATES as presence } from './kinds/presence.ts';
import { ESTATES as relays } from './kinds/relays.ts';
import { ESTATES as replies } from './kinds/replies.ts';
import { ESTATES as roles } from './kinds/roles.ts';
import type { ChangedEstate } from './kinds/row.ts';
import { ESTATES as types } from './kinds/types.ts';

/** Whom changes affect: what the judge is measured by; a file for each kind. */
export const CHANGED_ESTATES: readonly ChangedEstate[] = [
  ...fields,
  ...presence,
  ...addresses,
  ...names,
  ...types,
  ...relays,
  ...replies,
  ...asyncapi2,
  ...avro,
  ...conditions,
  ...languages,
  ...patterns,
  ...roles,
];
