import { connect as open, type Socket } from 'node:net';
import { Reader, Writer } from '@platformatic/kafka';
import type { KafkaCluster } from './kafka-cluster.ts';
import { addressBytes, listening, portOf } from './local-server.ts';

/**
 * The mock cluster with what it does not speak: making and deleting topics, and saying how they are set. It stands before the servers, answers
 * these requests itself, and hands on all others. Topics are set as Kafka's are unless told otherwise.
 */
export interface KafkaFront {
  /** `kafka://host:port,host:port` */
  readonly url: string;
  readonly brokers: readonly string[];
  /** As `kafka-configs.sh --alter` does. */
  configure(topic: string, settings: Readonly<Record<string, string>>): void;
  /** Whether it says how topics are set; an authorization that lacks does not. */
  isReadable: boolean;
  close(): Promise<void>;
}

const DEFAULTS = {
  'cleanup.policy': 'delete',
  'max.message.bytes': '1048588',
  'min.insync.replicas': '1',
  'retention.bytes': '-1',
  'retention.ms': String(7 * 24 * 3_600_000),
  'unclean.leader.election.enable': 'false',
} as const;

const API_VERSIONS = 18;
const CREATE_TOPICS = 19;
const DELETE_TOPICS = 20;
const DESCRIBE_CONFIGS = 32;
/** Each in the version that is answered here. */
const ADDED = [
  [CREATE_TOPICS, 5],
  [DELETE_TOPICS, 3],
  [DESCRIBE_CONFIGS, 2],
] as const;
const TOPIC = 2;
const AUTHORIZATION_FAILED = 29;
const TOPIC_EXISTS = 36;

export async function kafkaFront(cluster: KafkaCluster): Promise<KafkaFront> {
  const servers = await Promise.all(cluster.brokers.map(() => listening()));
  const ports = servers.map(portOf);
  const sockets = new Set<Socket>();
  const settings = new Map<string, Record<string, string>>();
  const replacements = cluster.brokers.map((broker, index) => ({
    from: addressBytes(Number(broker.split(':')[1])),
    to: addressBytes(ports[index] ?? 0),
  }));

  const front: KafkaFront = {
    url: `kafka://${ports.map((port) => `127.0.0.1:${port}`).join(',')}`,
    brokers: ports.map((port) => `127.0.0.1:${port}`),
    configure(topic, changed) {
      settings.set(topic, { ...DEFAULTS, ...settings.get(topic), ...changed });
    },
    isReadable: true,
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    },
  };

  async function createTopics(body: Reader): Promise<Writer> {
    const topics = body.readArray((it) => ({
      name: it.readString(),
      partitions: it.readInt32(),
      replicas: it.readInt16(),
      assignments: it.readArray(() => undefined),
      configs: it.readArray((one) => [one.readString(), one.readNullableString() ?? ''] as const),
    }));
    const answers: { readonly name: string; readonly error: number; partitions: number; replicas: number }[] =
      [];
    for (const { name, partitions, replicas, configs } of topics) {
      const isThere = settings.has(name);
      // At once, for others may ask for the same.
      if (!isThere) front.configure(name, Object.fromEntries(configs));
      if (!isThere) await cluster.makeTopic(name, partitions, replicas);
      answers.push({ name, error: isThere ? TOPIC_EXISTS : 0, partitions, replicas });
    }
    return Writer.create()
      .appendTaggedFields()
      .appendInt32(0)
      .appendArray(answers, (to, { name, error, partitions, replicas }) =>
        to
          .appendString(name)
          .appendInt16(error)
          .appendString(error === 0 ? null : 'the topic exists')
          .appendInt32(partitions)
          .appendInt16(replicas)
          .appendArray([], () => undefined),
      )
      .appendTaggedFields();
  }

  async function deleteTopics(body: Reader): Promise<Writer> {
    const names = body.readArray((it) => it.readString(false), false, false);
    for (const name of names) {
      await cluster.deleteTopic(name);
      settings.delete(name);
    }
    return Writer.create()
      .appendInt32(0)
      .appendArray(names, (to, name) => to.appendString(name, false).appendInt16(0), false, false);
  }

  async function describeConfigs(body: Reader): Promise<Writer> {
    const names = body.readArray(
      (it) => {
        it.readInt8();
        const name = it.readString(false);
        it.readNullableArray((one) => one.readString(false), false, false);
        return name;
      },
      false,
      false,
    );
    return Writer.create()
      .appendInt32(0)
      .appendArray(
        names,
        (to, name) =>
          to
            .appendInt16(front.isReadable ? 0 : AUTHORIZATION_FAILED)
            .appendString(null, false)
            .appendInt8(TOPIC)
            .appendString(name, false)
            .appendArray(
              front.isReadable ? Object.entries({ ...DEFAULTS, ...settings.get(name) }) : [],
              (one, [key, value]) =>
                one
                  .appendString(key, false)
                  .appendString(value, false)
                  .appendBoolean(false)
                  .appendInt8(1)
                  .appendBoolean(false)
                  .appendArray([], () => undefined, false, false),
              false,
              false,
            ),
        false,
        false,
      );
  }

  const HANDLERS: Readonly<Record<number, (body: Reader) => Promise<Writer>>> = {
    [CREATE_TOPICS]: createTopics,
    [DELETE_TOPICS]: deleteTopics,
    [DESCRIBE_CONFIGS]: describeConfigs,
  };

  for (const [index, server] of servers.entries())
    server.on('connection', (client) => {
      const upstream = open(Number(cluster.brokers[index]?.split(':')[1]), '127.0.0.1');
      const askedVersions = new Set<number>();
      for (const socket of [client, upstream]) {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          sockets.delete(socket);
          client.destroy();
          upstream.destroy();
        });
      }
      frames(client, (frame) => {
        const api = frame.readInt16BE(0);
        const correlation = frame.readInt32BE(4);
        const handle = HANDLERS[api];
        if (!handle) {
          if (api === API_VERSIONS && frame.readInt16BE(2) < 3) askedVersions.add(correlation);
          upstream.write(framed(frame));
          return;
        }
        const body = Reader.from(frame.subarray(10 + Math.max(0, frame.readInt16BE(8))));
        // The header of a flexible request ends with tags.
        if (api === CREATE_TOPICS) body.readTaggedFields();
        void handle(body).then((answer) => {
          client.write(framed(Buffer.concat([int32(correlation), answer.buffer])));
        });
      });
      frames(upstream, (frame) => {
        if (askedVersions.delete(frame.readInt32BE(0))) return client.write(framed(withAdded(frame)));
        for (const { from, to } of replacements)
          for (let at = frame.indexOf(from); at >= 0; at = frame.indexOf(from, at + 1)) to.copy(frame, at);
        client.write(framed(frame));
      });
    });
  return front;
}

/** An answer to ApiVersions with what is spoken here. */
function withAdded(frame: Buffer): Buffer {
  const count = frame.readInt32BE(6);
  const end = 10 + 6 * count;
  const added = ADDED.map(([api, version]) => {
    const entry = Buffer.alloc(6);
    entry.writeInt16BE(api, 0);
    entry.writeInt16BE(version, 2);
    entry.writeInt16BE(version, 4);
    return entry;
  });
  return Buffer.concat([
    frame.subarray(0, 6),
    int32(count + added.length),
    frame.subarray(10, end),
    ...added,
    frame.subarray(end),
  ]);
}

function frames(socket: Socket, take: (frame: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (data) => {
    rest = rest.length === 0 ? data : Buffer.concat([rest, data]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const end = 4 + rest.readInt32BE(0);
      take(rest.subarray(4, end));
      rest = rest.subarray(end);
    }
  });
}

function framed(bytes: Buffer): Buffer {
  return Buffer.concat([int32(bytes.length), bytes]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
