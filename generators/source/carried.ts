import {
  type ByteLimits,
  carriageOf,
  type Message,
  oncePer,
  type Workspace,
} from '@chirograph/contract/model';

/** A message whose payload is bytes: no schema tells more of it than how many they are. */
type BytesMessage = Message & { readonly bytes: ByteLimits };

/** The workspace as code knows it: payloads that travel as bytes are that, whatever schema stands for them in the contract. */
export const carried = oncePer((workspace: Workspace): Workspace => {
  let isChanged = false;
  const messages = workspace.messages.map((message): Message => {
    const carriage = carriageOf(workspace, message);
    if (carriage?.kind !== 'bytes') return message;
    isChanged = true;
    const { payload: _, ...rest } = message;
    return { ...rest, bytes: carriage.limits } as BytesMessage;
  });
  return isChanged ? { ...workspace, messages } : workspace;
});

/** How many bytes the payload of a message holds; undefined where it is something else than bytes. */
export function bytesOf(message: Message): ByteLimits | undefined {
  return 'bytes' in message ? (message as BytesMessage).bytes : undefined;
}
