import type { ChangeCode } from '@chirograph/contract/diagnostics';

type WorkspaceCode = Exclude<ChangeCode, `payload/${string}` | `headers/${string}`>;

/** Why each change beside the schemas matters, and what to do instead: the heart of its page. */
export const WORKSPACE_REASONS: Readonly<Record<WorkspaceCode, string>> = {
  'service/added': 'Nobody depends on it yet.',
  'service/removed':
    'Safe when others send what it sent and nobody waits for what it did. It breaks when a message that is still received has no sender left, or a command no receiver.',
  'channel/added': 'Nobody listens there yet.',
  'channel/removed':
    'The channel carried no message, so no contract breaks; remove what is bound to it. A channel that goes with its messages is told by these.',
  'channel/address-changed':
    'Consumers listen at the old address and hear nothing; what lies there is never read. Send to both addresses for a time: that is a channel more, and safe.',
  'channel/parameter-renamed':
    'The name of a parameter is not on the wire. Generated code calls it otherwise.',
  'channel/parameter-values-added':
    'Each value is an address of its own. Consumers that listen to the values they know hear nothing of the new ones; those that listen to all of them refuse a value that their contract does not name, as they would an unknown value of a field. Upgrade them first.',
  'channel/parameter-values-removed':
    'Producers that are not yet upgraded go on sending to addresses at which nobody listens any more, and what lies there is never read. Stop sending first, and leave out the value when nothing is left.',
  'channel/parameter-default-changed':
    'Whoever names no value sends or listens elsewhere from its next build on, each service at its own time. Name the value where it matters before the default changes.',
  'channel/parameter-location-changed':
    'Where a message says the value, senders take the address from it and consumers look for it. While both places say the same nothing happens; send both for a time.',
  'operation/send-added': 'One more sender of a message that others know how to read.',
  'operation/send-removed': 'It breaks when no other service sends the message and somebody waits for it.',
  'operation/receive-added':
    'A further consumer. Look at the retention of the message: the consumer may be meant to read from the beginning.',
  'operation/receive-removed':
    'A consumer that leaves hurts nobody, unless the message is a command and nobody else carries it out: then it is sent into the void.',
  'operation/renamed': 'Nothing changes on the wire. Generated code calls it otherwise.',
  'operation/retry-shortened':
    'Failures that used to pass by themselves end as dead letters. Measure how long the neighbours are down before you shorten it.',
  'operation/retry-lengthened':
    'A message is tried for a longer time; those of its key wait behind it for as long.',
  'operation/reply-added': 'Who asks may pass over an answer that it does not wait for.',
  'operation/reply-removed':
    'Who asks waits for an answer that never comes. Safe where a service no longer waits for one itself.',
  'operation/reply-moved':
    'Who asks listens where the answer went before. Answer in both places for a time, or where the request says.',
  'operation/reply-message-added':
    'Who asks may not know the new answer. Teach those who ask first. Safe where a service is ready for one answer more itself.',
  'operation/reply-message-removed': 'Who asks is ready for more than comes.',
  'flow/added':
    'A flow tells how messages belong together. Contracts say what is sent, so nothing depends on it.',
  'flow/removed': 'A flow tells how messages belong together. What it told of may well go on.',
  'flow/changed':
    'A flow tells how messages belong together. Look whether the services do what it now tells.',
  'message/added': 'Nobody depends on it yet.',
  'message/removed':
    'Consumers wait for it, and what is under way or kept has no contract any more. Deprecate it with a day (`x-contract.deprecated`), remove it after that day.',
  'message/version-added':
    'A version beside the others. Give it an upcast from the version before, so that consumers write one handler.',
  'message/version-removed':
    'Consumers that know this version alone are cut off, and stored messages of it cannot be read. It is a warning where a newer version says how this one becomes it, where the version was deprecated in time, or where the version that stands in its place (1.0 edited into 1.1) is proved to fit it.',
  'message/renamed':
    'The name is how consumers recognise the message. To them the old one is gone and a stranger came.',
  'message/key-renamed': 'The key is not on the wire. Generated code calls the message otherwise.',
  'message/channel-moved':
    'Consumers listen where it went before. Send it to both channels for a time, move the consumers, then leave the old channel.',
  'message/channel-added': 'Those who listen there must be ready to pass over what they do not know.',
  'message/channel-removed': 'Consumers that listen there hear nothing. Move them first.',
  'message/kind-changed':
    'An event tells many, a command asks one. Who sends it, who answers for it and what happens when nobody listens are other questions now: it is another message.',
  'message/content-type-changed': 'Consumers decode by the old format. Bring in a new version, or send both.',
  'message/deprecated':
    'Readers are told that it will go, since when, and when. After that day its removal is no break.',
  'message/undeprecated': 'It stays after all.',
  'message/upcast-added': 'Older messages can be read as this version.',
  'message/upcast-removed':
    'Messages of the older version that are under way or kept can no longer be read by consumers of this one.',
  'message/upcast-changed':
    'Stored messages are read otherwise than yesterday. Projections built before and after differ: rebuild them, or keep the upcast.',
  'message/aggregate-changed':
    'Streams, ordering and ownership follow the aggregate. Consumers that group by it group otherwise.',
  'message/documentation-changed': 'Words only.',
  'command/failure-added': 'Senders must be ready to be refused for one more reason.',
  'command/failure-removed': 'One reason less to be refused.',
  'command/outcome-added': 'Senders may hear of one more outcome; those who wait for the old ones still do.',
  'command/outcome-removed': 'Whoever waits for that outcome waits in vain.',
  'invariant/added': 'A further promise. Messages kept from before may not hold it.',
  'invariant/removed': 'Consumers may rely on the promise, and no schema will tell them that it is gone.',
  'ordering-key/added':
    'Messages of one key keep their order from now on. While old ones without a key are under way, they do not; and one that fails holds up those behind it.',
  'ordering-key/removed': 'Consumers may see what happened later before what happened first.',
  'ordering-key/changed':
    'Two messages that kept their order may overtake one another, above all while messages under both keys are under way. Drain the old ones, or number the messages.',
  'identity/added':
    'A second delivery has no effect any more. Make sure that no two messages share the new identity.',
  'identity/removed': 'A second delivery takes effect again: points are given twice.',
  'identity/coarsened':
    'Messages that were two are taken for one, and the second is dropped. Real events are lost.',
  'identity/refined':
    'Deliveries that were one are taken for two. Most of all while messages remembered under the old identity come again.',
  'identity/changed':
    'Duplicates are recognised by something else; around the change they may be lost or take effect twice.',
  'envelope/part-added': 'The envelope says more. Consumers that do not know the part pass over it.',
  'envelope/part-removed': 'Consumers and brokers look there for what the message is.',
  'envelope/part-moved': 'Consumers and brokers look in the old place. Fill both places for a time.',
  'correlation/added': 'Messages of one request can be found together.',
  'correlation/removed': 'Traces end here, and whoever matches answers to questions by it finds nothing.',
  'correlation/moved': 'Whoever matches messages by it looks in the old place.',
  'retention/shortened':
    'Consumers that were away for longer, or that read from the beginning, miss messages.',
  'retention/lengthened':
    'Messages can be read again for a longer time: every later change must be fit for older messages.',
  'retry/shortened': 'Failures that used to pass by themselves end as dead letters.',
  'retry/lengthened': 'A message is tried for a longer time; those of its key wait behind it for as long.',
  'volume/raised': 'Check what consumers and brokers are sized for.',
  'volume/lowered': 'Alerts on silence may need another threshold.',
  'server/added': 'A further way in.',
  'server/removed': 'Whoever connects there is cut off.',
  'server/address-changed':
    'Whoever connects to the old address is cut off, unless it leads on to the new one.',
  'server/protocol-changed': 'Clients of the old protocol cannot connect.',
  'security/demanded': 'Clients that show nothing are turned away. Offer it first, demand it later.',
  'security/dropped': 'Anybody may connect. Is it meant?',
  'security/scheme-added': 'Any of the ways will do, so nobody is hurt.',
  'security/scheme-removed': 'Clients that prove themselves in this way are turned away.',
  'binding/added': 'A further setting of the protocol.',
  'binding/removed': 'The broker falls back on its own setting.',
  'binding/changed': 'A setting that the tool has no opinion on. See what the broker makes of it.',
  'binding/topic-changed': 'Consumers read the old topic. Write to both for a time.',
  'binding/partitions-changed':
    'Keys are spread over the partitions by their number: messages of one key go to another partition than before, and their order is lost where old ones are unread.',
  'binding/key-changed':
    'Another key, another partition, another order; compacted topics keep other messages.',
  'binding/group-changed':
    'To the broker it is another consumer: it starts at its own beginning, and the place of the old one is forgotten.',
  'binding/exchange-changed': 'Queues bound to the old exchange receive nothing. Bind them to both first.',
  'binding/queue-changed': 'What waits in the old queue is not read. Drain it first.',
  'binding/delivery-changed':
    'More duplicates, or messages lost: make sure that consumers were written for what the broker now promises.',
};
