import { type Message, messagesOf, type Service, type Workspace } from '@chirograph/contract/model';
import type { Change } from '../change.ts';
import { changeOf, keyOf, messageLabel, serviceSubject } from './changing.ts';
import { compareServers } from './compare-servers.ts';
import type { Matching } from './sides.ts';

/** Services that came and went, and the servers of those that stayed. */
export function compareServices(matching: Matching): Change[] {
  const { services, base, head } = matching;
  return [
    ...services.both.flatMap((it) =>
      compareServers(it.base, it.head, {
        base: messagesWith(base, it.base).map(({ id }) => id),
        head: messagesWith(head, it.head).map(({ id }) => id),
      }),
    ),
    ...services.came.map((it) =>
      changeOf('service/added', serviceSubject(undefined, it), {
        head: keyOf(it),
        to: labelsOf(messagesWith(head, it)),
      }),
    ),
    ...services.gone.map((it) => {
      const messages = messagesWith(base, it);
      return changeOf(
        'service/removed',
        { ...serviceSubject(it, undefined), messages: { base: messages.map(({ id }) => id), head: [] } },
        { base: keyOf(it), from: labelsOf(messages) },
      );
    }),
  ];
}

/** What a service sends, then what it receives. */
function messagesWith(workspace: Workspace, { id }: Service): Message[] {
  return [...messagesOf(workspace, id, 'send'), ...messagesOf(workspace, id, 'receive')];
}

function labelsOf(messages: readonly Message[]): string {
  return messages.map(messageLabel).join(', ');
}
