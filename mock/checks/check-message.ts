import { messagesOf, type Workspace } from '@chirograph/contract/model';
import { readAddress, type WireMessage } from '@chirograph/runtime';
import { contractsOf, type KnownMessage } from '../contracts/contracts.ts';
import { avroCodecsFor } from '../contracts/payload-codec.ts';
import { type Inspection, inspect } from './inspect.ts';

/**
 * Checks a message as the service that receives it would: against what its contract says it receives or, where nothing of that is said, against all messages of
 * the message's name or channel. `undefined` when no contract of the workspace is about it.
 */
export async function checkMessage(
  workspace: Workspace,
  message: WireMessage,
  receiver: string,
): Promise<Inspection | undefined> {
  const contracts = contractsOf(workspace, await avroCodecsFor(workspace));
  const received = workspace.services
    .filter(({ name }) => name === receiver)
    .flatMap(({ id }) => messagesOf(workspace, id, 'receive'));
  const isAbout = ({ contract, channels }: KnownMessage): boolean =>
    contract.name === message.name ||
    channels.some(({ address }) => readAddress(address, message.channel) !== undefined);
  const own = received.map(({ id }) => contracts.message(id)).filter(isAbout);
  const about =
    own.length > 0 ? own : workspace.messages.map(({ id }) => contracts.message(id)).filter(isAbout);
  return about.length === 0 ? undefined : inspect(message, about);
}
