import { ESTATES as asyncapi2 } from './estates/asyncapi-2.ts';
import { ESTATES as copies } from './estates/copies.ts';
import type { Estate } from './estates/documents.ts';
import { ESTATES as faults } from './estates/faults.ts';
import { ESTATES as own } from './estates/own.ts';
import { ESTATES as parameters } from './estates/parameters.ts';
import { ESTATES as references } from './estates/references.ts';
import { ESTATES as replies } from './estates/replies.ts';
import { ESTATES as servers } from './estates/servers.ts';
import { ESTATES as unnamed } from './estates/unnamed.ts';
import { ESTATES as versions } from './estates/versions.ts';

/** Who meets whom: what the meeting is measured by; a file for each kind. */
export const ESTATES: readonly Estate[] = [
  ...references,
  ...copies,
  ...own,
  ...unnamed,
  ...parameters,
  ...servers,
  ...asyncapi2,
  ...replies,
  ...versions,
  ...faults,
];
