import { addressesOf, endsOf, isPlaced, type Message, type Workspace } from '@chirograph/contract/model';
import { meaningOf } from '../schemas/signature.ts';
import { blankAddress } from './compare-parameters.ts';
import { type Matched, matchBy, matchRest } from './match.ts';

/** By document, name and version; then wherever it moved; what has no name by its channel. */
export function matchMessages(base: Workspace, head: Workspace): Matched<Message> {
  const isBase = new Set(base.messages);
  const workspaceOf = (it: Message) => (isBase.has(it) ? base : head);
  const addresses = (it: Message) =>
    [...new Set(addressesOf(workspaceOf(it), it).map(blankAddress))].sort().join(' ');
  const byFile = matchBy(base.messages, head.messages, (it) => `${it.at.file} ${it.name} ${it.version}`);
  const byDomain = matchRest(byFile, ({ domain, name, version }) => `${domain} ${name} ${version}`);
  const byAddress = matchRest(byDomain, (it) => `${addresses(it)} ${it.name} ${it.version}`);
  // A message that kept its place and version and lost its name was renamed.
  const byPlace = matchRest(byAddress, ({ id, version }) => `${id} ${version}`);
  const unnamed = ({ gone, came }: Matched<Message>) => {
    const open = new Set([...gone, ...came].filter((it) => it.naming !== undefined).map(addresses));
    return (it: Message) => (open.has(addresses(it)) && addresses(it) !== '' ? addresses(it) : undefined);
  };
  const placeOf = unnamed(byPlace);
  const said = (it: Message) =>
    it.payload === undefined
      ? (it.foreignPayload ?? '')
      : meaningOf(workspaceOf(it).schemas, workspaceOf(it).schemas[it.payload]?.json);
  const alike = matchRest(byPlace, (it) => placeOf(it) && `${placeOf(it)} ${said(it)}`);
  const alone = (list: readonly Message[], it: Message) =>
    list.filter((other) => addresses(other) === addresses(it)).length === 1;
  const lastOf = unnamed(alike);
  const atPlace = matchRest(alike, (it) =>
    lastOf(it) &&
    alone(alike.gone, alike.gone.find((one) => addresses(one) === addresses(it)) ?? it) &&
    alone(alike.came, alike.came.find((one) => addresses(one) === addresses(it)) ?? it)
      ? lastOf(it)
      : undefined,
  );
  // Not so much as a key to go by: with its channel, which is another one now.
  const moved = movedWith(base, head, addresses);
  const asBefore = matchRest(atPlace, (it) => moved(it) && `${moved(it)} ${said(it)}`);
  const isOnly = onlyChannel(asBefore, addresses);
  return matchRest(asBefore, (it) => (isOnly(it) ? moved(it) : undefined));
}

/** By what a message that has only a place is found again where its channel is gone: its document, and what is done with it. */
function movedWith(base: Workspace, head: Workspace, addresses: (it: Message) => string) {
  const known = [base, head].map(({ messages }) => new Set(messages.map(addresses)));
  const isBase = new Set(base.messages);
  return (it: Message): string | undefined => {
    if (!isPlaced(it) || addresses(it) === '' || known.every((side) => side.has(addresses(it))))
      return undefined;
    const ends = endsOf(isBase.has(it) ? base : head, it.id);
    return `${it.at.file} ${[...new Set(ends.map(({ action }) => action))].sort()}`;
  };
}

/** Whether a message is of the one channel that its document lost, or of the one that it got, with as many messages. */
function onlyChannel({ gone, came }: Matched<Message>, addresses: (it: Message) => string) {
  const channels = (list: readonly Message[], file: string) =>
    list.filter((it) => isPlaced(it) && it.at.file === file).map(addresses);
  return ({ at: { file } }: Message): boolean => {
    const [lost, got] = [channels(gone, file), channels(came, file)];
    return lost.length === got.length && new Set(lost).size === 1 && new Set(got).size === 1;
  };
}
