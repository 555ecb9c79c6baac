import type { MessageCode, Snippet } from '@chirograph/catalog';
import {
  consumersOf,
  identityOf,
  type Message,
  messagesOf,
  type Operation,
  type Service,
  sendersOf,
  type Workspace,
} from '@chirograph/contract/model';
import { receivingCode, type Scope, scopesOf, sendingCode } from '@chirograph/generators';
import type { Settings } from '../config/read-config.ts';
import { outputOptions } from '../generate/produce.ts';

/**
 * How messages are used in code, as the generators name things in this workspace: of the first sender and the first
 * receiver, since the others differ in their names alone.
 */
export function codeOf(workspace: Workspace, settings: Settings): (message: Message) => MessageCode {
  const scopes = new Map<string, Scope[]>();
  const scopeOf = ({ id, domain, neighbour }: Service): Scope | undefined => {
    // Its code is made in its own repository.
    if (neighbour !== undefined) return undefined;
    const own = scopes.get(domain) ?? scopesOf(workspace, domain, outputOptions(settings, domain));
    scopes.set(domain, own);
    return own.find(({ services }) => services.some((it) => it.id === id));
  };
  // Code is named after what the service's own document says, where it does not refer to the sender's.
  const ownView = (message: Message, { id }: Service, action: Operation['action']): Message => {
    const views = identityOf(workspace, message.id)?.views ?? [];
    const own = messagesOf(workspace, id, action);
    return own.find((it) => views.includes(it)) ?? message;
  };
  const output = `./${settings.output.replace(/^\.?\//, '')}`;
  return (message) => {
    const [sender] = ownFirst(sendersOf(workspace, message.id));
    const [receiver] = ownFirst(consumersOf(workspace, message.id));
    const [sending, receiving] = [sender && scopeOf(sender), receiver && scopeOf(receiver)];
    return {
      send:
        sender && sending
          ? snippet(
              `in ${sender.title}`,
              sendingCode(sending, sender, ownView(message, sender, 'send'), output),
            )
          : [],
      receive:
        receiver && receiving
          ? snippet(
              `in ${receiver.title}`,
              receivingCode(receiving, receiver, ownView(message, receiver, 'receive'), output),
            )
          : [],
      mock: [
        ...(receiver ? mock(`stands in for ${receiver.title}`, receiver, '') : []),
        ...(sender ? mock(`sends one each second`, sender, ` --rate ${message.name}=1/s`) : []),
      ],
    };
  };
}

function ownFirst(services: readonly Service[]): readonly Service[] {
  return services.toSorted((a, b) => Number(a.neighbour !== undefined) - Number(b.neighbour !== undefined));
}

function snippet(title: string, text: string | undefined): Snippet[] {
  return text === undefined ? [] : [{ title, language: 'ts', text }];
}

function mock(title: string, { domain, name }: Service, options: string): Snippet[] {
  const text = `npx chirograph mock ${domain}/${name} --broker nats://127.0.0.1:4222${options}`;
  return [{ title, language: 'sh', text }];
}
