import { channelKeys, channelServers, listsInPlace } from './channels.ts';
import { extensionKeys } from './extension-keys.ts';
import { idsUnique } from './ids-unique.ts';
import { keys } from './keys.ts';
import { operationPlaces, serverPlaces } from './places-3.ts';
import type { DocumentRule } from './rule.ts';
import { security } from './security.ts';
import { tagsUnique } from './tags-unique.ts';
import { channelParameters, serverHosts, serverVariables } from './variables.ts';

/** Every rule about a document as it stands. */
export const DOCUMENT_RULES: readonly DocumentRule[] = [
  channelKeys,
  channelParameters,
  channelServers,
  extensionKeys,
  idsUnique,
  keys,
  listsInPlace,
  operationPlaces,
  security,
  serverHosts,
  serverPlaces,
  serverVariables,
  tagsUnique,
];
