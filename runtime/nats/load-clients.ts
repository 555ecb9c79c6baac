import type * as JetStream from '@nats-io/jetstream';
import type * as Transport from '@nats-io/transport-node';

/** The client packages, which only those who use NATS install. Rejects with the command that installs them. */
export async function loadClients(): Promise<{
  readonly transport: typeof Transport;
  readonly jetStream: typeof JetStream;
}> {
  try {
    const [transport, jetStream] = await Promise.all([
      import('@nats-io/transport-node'),
      import('@nats-io/jetstream'),
    ]);
    return { transport, jetStream };
  } catch (error) {
    throw new Error(
      'natsBroker needs the NATS clients: npm install @nats-io/transport-node @nats-io/jetstream',
      { cause: error },
    );
  }
}
