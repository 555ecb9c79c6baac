import { type Message, type Service, type UpcastStep, versionsOf } from '@chirograph/contract/model';
import { exchangesOf } from './exchanges.ts';
import type { Scope } from './generator.ts';
import { sentence } from './headline.ts';
import { upcaster } from './modules.ts';
import { type Code, code } from './source-file.ts';
import { quote } from './text.ts';
import { declaredUpcast, upcastType, upcastWay } from './upcasts.ts';

/** A message in the versions that a service receives. */
export interface Received {
  readonly newest: Message;
  readonly older: readonly Message[];
  /** Why the service receives it, where anything is said of that. */
  readonly purpose: string | undefined;
  /** It comes only as an answer to what the service asks. */
  readonly isReply: boolean;
}

/** What a service receives, each message once, in the order of their ids. */
export function receivedBy({ workspace }: Scope, service: Service): Received[] {
  const exchanges = exchangesOf(workspace, service.id, 'receive');
  const ids = new Set(exchanges.map((it) => it.message.id));
  const first = new Map(exchanges.toReversed().map((it) => [it.message.id, it]));
  return [...first.values()]
    .sort((a, b) => (a.message.id < b.message.id ? -1 : 1))
    .flatMap(({ message, operation, isReply }) => {
      const [newest, ...older] = versionsOf(workspace, message).filter((it) => ids.has(it.id));
      if (newest?.id !== message.id) return [];
      const own = exchanges.filter((it) => it.message === newest || older.includes(it.message));
      const purpose = (isReply ? undefined : operation.summary) ?? message.summary;
      return [
        {
          newest,
          older,
          purpose: isReply ? ['A reply.', ...sentence(purpose)].join(' ') : purpose,
          isReply: own.every((it) => it.isReply),
        },
      ];
    });
}

/** The steps that take a function of the user's, each once: several older versions may go by way of one. */
export function demandedSteps(scope: Scope, received: readonly Received[]): UpcastStep[] {
  const steps = received.flatMap(({ newest, older }) =>
    older.flatMap((old) => upcastWay(scope, newest, old).filter((it) => !declaredUpcast(it))),
  );
  return [...new Map(steps.map((it) => [it.from, it])).values()];
}

/** What makes an older version the newest: one function, or one made of the steps between. */
export function upcastOf(scope: Scope, newest: Message, old: Message): Code {
  const way = upcastWay(scope, newest, old);
  if (way.every(declaredUpcast)) return upcaster(scope, old, newest);
  const steps = way.map((it): Code => {
    return declaredUpcast(it)
      ? upcaster(scope, it.from, it.to)
      : `options.upcasters[${quote(labelOf(it.from))}]`;
  });
  const [only, ...others] = steps;
  if (only && others.length === 0) return only;
  const whole = steps.reduce((inner, step): Code => code`${step}(${inner})`, 'old');
  return code`(old: ${upcastType(scope, old)}) => ${whole}`;
}

/** `order.placed@1.0`: what a step is called among the upcasters. */
export function labelOf({ name, version }: Message): string {
  return `${name}@${version}`;
}
