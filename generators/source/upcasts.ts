import {
  type Message,
  stepsFrom,
  type Upcast,
  type UpcastStep,
  upcastSteps,
  versionsOf,
} from '@chirograph/contract/model';
import type { Scope } from './generator.ts';
import { messageType } from './modules.ts';
import type { Code } from './source-file.ts';
import { wireType } from './wire-types.ts';

/** What the contract declares of a step from version to version; undefined where it takes a function. */
export function declaredUpcast({ from, to, upcast }: UpcastStep): Upcast | undefined {
  if (to.payload === undefined || from.payload === undefined) return undefined;
  return upcast?.byFunction ? undefined : upcast;
}

/** The steps by which an older version becomes the newest, through versions that the scope has types of. */
export function upcastWay({ workspace, messages }: Scope, newest: Message, old: Message): UpcastStep[] {
  const known = versionsOf(workspace, newest).filter((it) => it === old || messages.includes(it));
  return stepsFrom(old, upcastSteps(known, newest));
}

/** What upcasters take and make: upcasting is done before text becomes dates. */
export function upcastType(scope: Scope, message: Message): Code {
  return wireType(scope, message.payload, messageType(scope, message));
}
