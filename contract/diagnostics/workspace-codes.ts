import { changeCode } from './change-code.ts';

/** Changes of everything but the schemas of messages. */
export const WORKSPACE_CODES = {
  'service/added': changeCode('info', 'A service is new', ({ subject }) => `${subject} is new`),
  'service/removed': changeCode('warning', 'A service is gone', ({ subject }) => `${subject} is gone`),
  'channel/added': changeCode('info', 'A channel is new', ({ subject }) => `channel ${subject} is new`),
  'channel/removed': changeCode('error', 'A channel is gone', ({ subject }) => `channel ${subject} is gone`),
  'channel/address-changed': changeCode(
    'error',
    'A channel has another address',
    ({ from, to }) => `the channel at ${from} is now at ${to}`,
  ),
  'channel/parameter-renamed': changeCode(
    'info',
    'A parameter of an address has another name',
    ({ subject, from, to }) => `parameter ${from} of ${subject} is now called ${to}`,
  ),
  'channel/parameter-values-added': changeCode(
    'error',
    'A parameter of an address takes more values',
    ({ subject, field, from, to }) => `parameter ${field} of ${subject} takes more: ${from} -> ${to}`,
  ),
  'channel/parameter-values-removed': changeCode(
    'error',
    'A parameter of an address takes fewer values',
    ({ subject, field, from, to }) => `parameter ${field} of ${subject} takes less: ${from} -> ${to}`,
  ),
  'channel/parameter-default-changed': changeCode(
    'warning',
    'A parameter of an address has another default',
    ({ subject, field, from, to }) => `parameter ${field} of ${subject}: default ${from} -> ${to}`,
  ),
  'channel/parameter-location-changed': changeCode(
    'warning',
    'Messages say a parameter of an address elsewhere',
    ({ subject, field, from, to }) => `parameter ${field} of ${subject} is said elsewhere: ${from} -> ${to}`,
  ),
  'operation/send-added': changeCode(
    'info',
    'A service sends something more',
    ({ subject, to }) => `${subject} now sends ${to}`,
  ),
  'operation/send-removed': changeCode(
    'error',
    'A service no longer sends something',
    ({ subject, from }) => `${subject} no longer sends ${from}`,
  ),
  'operation/receive-added': changeCode(
    'info',
    'A service receives something more',
    ({ subject, to }) => `${subject} now receives ${to}`,
  ),
  'operation/receive-removed': changeCode(
    'error',
    'A service no longer receives something',
    ({ subject, from }) => `${subject} no longer receives ${from}`,
  ),
  'operation/renamed': changeCode(
    'info',
    'An operation has another name',
    ({ subject, from, to }) => `operation ${from} of ${subject} is now called ${to}`,
  ),
  'operation/retry-shortened': changeCode(
    'warning',
    'A service tries less',
    ({ subject, from, to }) => `${subject} tried ${from} and now tries ${to}`,
  ),
  'operation/retry-lengthened': changeCode(
    'info',
    'A service tries more',
    ({ subject, from, to }) => `${subject} tried ${from} and now tries ${to}`,
  ),
  'operation/reply-added': changeCode(
    'info',
    'An operation has a reply',
    ({ subject, to }) => `an operation of ${subject} now has the reply ${to}`,
  ),
  'operation/reply-removed': changeCode(
    'error',
    'An operation has no reply any more',
    ({ subject, from }) => `an operation of ${subject} no longer has the reply ${from}`,
  ),
  'operation/reply-moved': changeCode(
    'error',
    'A reply goes elsewhere',
    ({ subject, from, to }) =>
      `the reply to an operation of ${subject} went to ${from} and now goes to ${to}`,
  ),
  'operation/reply-message-added': changeCode(
    'error',
    'A reply may be another message too',
    ({ subject, to }) => `the reply to an operation of ${subject} may now also be ${to}`,
  ),
  'operation/reply-message-removed': changeCode(
    'info',
    'A reply is no longer one of its messages',
    ({ subject, from }) => `the reply to an operation of ${subject} is no longer ${from}`,
  ),
  'flow/added': changeCode('info', 'A flow is new', ({ subject }) => `flow ${subject} is new`),
  'flow/removed': changeCode('info', 'A flow is gone', ({ subject }) => `flow ${subject} is gone`),
  'flow/changed': changeCode(
    'info',
    'A flow has other steps',
    ({ subject, from, to }) => `the steps of flow ${subject} were ${from} and are ${to}`,
  ),
  'message/added': changeCode('info', 'A message is new', ({ subject }) => `${subject} is new`),
  'message/removed': changeCode('error', 'A message is gone', ({ subject }) => `${subject} is gone`),
  'message/version-added': changeCode(
    'info',
    'A message has a new version',
    ({ subject }) => `${subject} is a new version`,
  ),
  'message/version-removed': changeCode('error', 'A version of a message is gone', ({ subject, to }) =>
    to === '' ? `${subject} is gone; other versions stay` : `${subject} is gone; ${to} stands in its place`,
  ),
  'message/renamed': changeCode(
    'error',
    'A message has another name on the wire',
    ({ from, to }) => `${from} is now called ${to}`,
  ),
  'message/key-renamed': changeCode(
    'info',
    'A message is called otherwise in code',
    ({ from, to }) => `${from} is now called ${to} in code`,
  ),
  'message/channel-moved': changeCode(
    'error',
    'A message goes to another channel',
    ({ subject, from, to }) => `${subject} went to ${from} and now goes to ${to}`,
  ),
  'message/channel-added': changeCode(
    'info',
    'A message goes to one more channel',
    ({ subject, to }) => `${subject} now also goes to ${to}`,
  ),
  'message/channel-removed': changeCode(
    'error',
    'A message goes to one channel less',
    ({ subject, from }) => `${subject} no longer goes to ${from}`,
  ),
  'message/kind-changed': changeCode(
    'error',
    'A message is of another kind',
    ({ subject, from, to }) => `${subject} was ${from} and is now ${to}`,
  ),
  'message/content-type-changed': changeCode(
    'error',
    'A message is written in another format',
    ({ subject, from, to }) => `${subject} was ${from} and is now ${to}`,
  ),
  'message/deprecated': changeCode(
    'info',
    'A message is deprecated',
    ({ subject }) => `${subject} is deprecated now`,
  ),
  'message/undeprecated': changeCode(
    'info',
    'A message is no longer deprecated',
    ({ subject }) => `${subject} is no longer deprecated`,
  ),
  'message/upcast-added': changeCode(
    'info',
    'An older version has a way to this one',
    ({ subject, to }) => `${to} now becomes ${subject}`,
  ),
  'message/upcast-removed': changeCode(
    'error',
    'An older version has lost its way to this one',
    ({ subject, from }) => `${from} no longer becomes ${subject}`,
  ),
  'message/upcast-changed': changeCode(
    'warning',
    'An older version becomes this one otherwise',
    ({ subject, from }) => `${from} becomes ${subject} in another way`,
  ),
  'message/aggregate-changed': changeCode(
    'warning',
    'A message belongs to another aggregate',
    ({ subject, from, to }) => `${subject} belonged to ${from} and belongs to ${to}`,
  ),
  'message/documentation-changed': changeCode(
    'info',
    'A message is described otherwise',
    ({ subject }) => `${subject} is described in other words`,
  ),
  'command/failure-added': changeCode(
    'warning',
    'A command may fail for one more reason',
    ({ subject, to }) => `${subject} may now be refused: ${to}`,
  ),
  'command/failure-removed': changeCode(
    'info',
    'A command may fail for one reason less',
    ({ subject, from }) => `${subject} is no longer refused: ${from}`,
  ),
  'command/outcome-added': changeCode(
    'info',
    'A command leads to one more message',
    ({ subject, to }) => `${subject} may now lead to ${to}`,
  ),
  'command/outcome-removed': changeCode(
    'warning',
    'A command leads to one message less',
    ({ subject, from }) => `${subject} no longer leads to ${from}`,
  ),
  'invariant/added': changeCode(
    'info',
    'A message promises more',
    ({ subject, to }) => `${subject} now promises: ${to}`,
  ),
  'invariant/removed': changeCode(
    'warning',
    'A message promises less',
    ({ subject, from }) => `${subject} no longer promises: ${from}`,
  ),
  'ordering-key/added': changeCode(
    'warning',
    'A message keeps an order',
    ({ subject, to }) => `${subject} had no ordering key and has ${to}`,
  ),
  'ordering-key/removed': changeCode(
    'error',
    'A message keeps no order any more',
    ({ subject, from }) => `${subject} was ordered by ${from} and keeps no order now`,
  ),
  'ordering-key/changed': changeCode(
    'error',
    'A message keeps another order',
    ({ subject, from, to }) => `${subject} was ordered by ${from} and is now ordered by ${to}`,
  ),
  'identity/added': changeCode(
    'warning',
    'Duplicates of a message are recognised',
    ({ subject, to }) => `${subject} had no identity and has ${to}`,
  ),
  'identity/removed': changeCode(
    'error',
    'Duplicates of a message are not recognised',
    ({ subject, from }) => `${subject} was recognised by ${from} and has no identity now`,
  ),
  'identity/coarsened': changeCode(
    'error',
    'Fewer fields tell a message from another',
    ({ subject, from, to }) =>
      `${subject} was recognised by ${from} and is now by ${to}: messages that were two are one`,
  ),
  'identity/refined': changeCode(
    'error',
    'More fields tell a message from another',
    ({ subject, from, to }) =>
      `${subject} was recognised by ${from} and is now by ${to}: deliveries that were one are two`,
  ),
  'identity/changed': changeCode(
    'error',
    'Other fields tell a message from another',
    ({ subject, from, to }) => `${subject} was recognised by ${from} and is now by ${to}`,
  ),
  'envelope/part-added': changeCode(
    'info',
    'The envelope has a further part',
    ({ subject, to }) => `the envelope of ${subject} now has ${to}`,
  ),
  'envelope/part-removed': changeCode(
    'error',
    'The envelope lacks a part',
    ({ subject, from }) => `the envelope of ${subject} has no ${from} any more`,
  ),
  'envelope/part-moved': changeCode(
    'error',
    'A part of the envelope is elsewhere',
    ({ subject, from, to }) => `the envelope of ${subject} had ${from} and has ${to}`,
  ),
  'correlation/added': changeCode(
    'info',
    'Messages of one request can be found',
    ({ subject, to }) => `${subject} now carries its correlation id in ${to}`,
  ),
  'correlation/removed': changeCode(
    'warning',
    'Messages of one request cannot be found',
    ({ subject, from }) => `${subject} no longer carries its correlation id in ${from}`,
  ),
  'correlation/moved': changeCode(
    'warning',
    'The correlation id is elsewhere',
    ({ subject, from, to }) => `the correlation id of ${subject} was in ${from} and is in ${to}`,
  ),
  'retention/shortened': changeCode(
    'warning',
    'A message is kept for a shorter time',
    ({ subject, from, to }) => `${subject} was kept for ${from} and is kept for ${to}`,
  ),
  'retention/lengthened': changeCode(
    'info',
    'A message is kept for a longer time',
    ({ subject, from, to }) => `${subject} was kept for ${from} and is kept for ${to}`,
  ),
  'retry/shortened': changeCode(
    'warning',
    'A message is tried less',
    ({ subject, from, to }) => `a delivery of ${subject} had ${from} and has ${to}`,
  ),
  'retry/lengthened': changeCode(
    'info',
    'A message is tried more',
    ({ subject, from, to }) => `a delivery of ${subject} had ${from} and has ${to}`,
  ),
  'volume/raised': changeCode(
    'info',
    'More messages are expected',
    ({ subject, from, to }) => `of ${subject} ${from} were expected and ${to} are`,
  ),
  'volume/lowered': changeCode(
    'info',
    'Fewer messages are expected',
    ({ subject, from, to }) => `of ${subject} ${from} were expected and ${to} are`,
  ),
  'server/added': changeCode(
    'info',
    'A service connects to a further server',
    ({ subject, to }) => `${subject} now also connects to ${to}`,
  ),
  'server/removed': changeCode(
    'warning',
    'A service connects to a server no more',
    ({ subject, from }) => `${subject} no longer connects to ${from}`,
  ),
  'server/address-changed': changeCode(
    'warning',
    'A server is elsewhere',
    ({ from, to }) => `the server at ${from} is now at ${to}`,
  ),
  'server/protocol-changed': changeCode(
    'error',
    'A server speaks another protocol',
    ({ subject, from, to }) => `a server of ${subject} spoke ${from} and speaks ${to}`,
  ),
  'security/demanded': changeCode(
    'error',
    'Who connects must prove who they are',
    ({ subject, to }) => `${subject} asked for nothing and now asks for ${to}`,
  ),
  'security/dropped': changeCode(
    'warning',
    'Who connects need not prove who they are',
    ({ subject, from }) => `${subject} asked for ${from} and now asks for nothing`,
  ),
  'security/scheme-added': changeCode(
    'info',
    'There is a further way to prove who one is',
    ({ subject, to }) => `${subject} now also takes ${to}`,
  ),
  'security/scheme-removed': changeCode(
    'error',
    'A way to prove who one is is gone',
    ({ subject, from }) => `${subject} no longer takes ${from}`,
  ),
  'binding/added': changeCode(
    'info',
    'A protocol is told more',
    ({ subject, to }) => `${subject} now has ${to}`,
  ),
  'binding/removed': changeCode(
    'warning',
    'A protocol is told less',
    ({ subject, from }) => `${subject} no longer has ${from}`,
  ),
  'binding/changed': changeCode(
    'warning',
    'A protocol is told something else',
    ({ subject, from, to }) => `${subject} had ${from} and has ${to}`,
  ),
  'binding/topic-changed': changeCode(
    'error',
    'Messages go to another topic or subject',
    ({ subject, from, to }) => `${subject} had ${from} and has ${to}`,
  ),
  'binding/partitions-changed': changeCode(
    'error',
    'A topic has another number of partitions',
    ({ subject, from, to }) => `${subject} had ${from} and has ${to}: keys go to other partitions`,
  ),
  'binding/key-changed': changeCode(
    'error',
    'The key of messages is another one',
    ({ subject, from, to }) => `the key of ${subject} was ${from} and is ${to}`,
  ),
  'binding/group-changed': changeCode(
    'error',
    'A service reads as another group',
    ({ subject, from, to }) => `${subject} had ${from} and has ${to}: it starts anew`,
  ),
  'binding/exchange-changed': changeCode(
    'error',
    'Messages go through another exchange',
    ({ subject, from, to }) => `${subject} had ${from} and has ${to}`,
  ),
  'binding/queue-changed': changeCode(
    'error',
    'Messages wait in another queue',
    ({ subject, from, to }) => `${subject} had ${from} and has ${to}`,
  ),
  'binding/delivery-changed': changeCode(
    'warning',
    'Messages are delivered with another promise',
    ({ subject, from, to }) => `${subject} had ${from} and has ${to}`,
  ),
} as const;
