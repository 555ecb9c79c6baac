import type { Message, Upcast } from '@chirograph/contract/model';

/** What the contract declares of the way from an older version to a newer one; undefined where it takes a function. */
export function declaredUpcast(newer: Message, old: Message): Upcast | undefined {
  if (newer.payload === undefined || old.payload === undefined) return undefined;
  return newer.contract.upcasts.find((it) => it.from === old.version && !it.byFunction);
}
