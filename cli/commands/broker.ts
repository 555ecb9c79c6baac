import type { Workspace } from '@chirograph/contract/model';
import { streamsOf } from '@chirograph/generators';
import { readSettings } from '../config/read-config.ts';
import { CommandError, EXIT } from '../exit.ts';
import { visible } from '../terminal/visible.ts';
import { table } from '../terminal/words.ts';
import { openWorkspace } from '../workspace/open-workspace.ts';
import type { Run } from './command.ts';

/** `chirograph broker`: what the contracts need on a broker, printed or made. */
export const run: Run = async ([action, ...paths], values, io) => {
  if (action !== 'plan' && action !== 'apply')
    throw new CommandError(`there is no action \`${action}\``, 'There are plan and apply.');
  const settings = await readSettings(io.cwd, values.config);
  const { workspace, diagnostics } = await openWorkspace(settings, values, io, paths);
  if (diagnostics.some((it) => it.severity === 'error'))
    throw new CommandError('the contracts cannot be read whole', 'Run: chirograph validate');
  const url = String(values.broker ?? '');
  const apply = action === 'apply';
  const steps = await planFor(url, workspace, apply).catch((error: unknown) => {
    if (error instanceof CommandError) throw error;
    const where = url.replace(/\/\/[^@/]*@/, '//');
    throw new CommandError(
      `the broker ${where} cannot be used: ${error instanceof Error ? error.message || error.name : error}`,
    );
  });
  if (values.json) io.out(`${JSON.stringify({ applied: apply, steps }, null, 2)}\n`);
  else {
    const title = {
      create: apply ? 'created' : 'create',
      change: apply ? 'changed' : 'change',
      exists: 'exists',
      unsafe: 'UNSAFE',
    };
    io.out(
      `${table(steps.map(({ step, kind, name, detail }) => [title[step], kind, visible(name), visible(detail)]))}\n`,
    );
  }
  const left = steps.filter(({ step }) => step === 'unsafe' || (!apply && step !== 'exists'));
  return left.length > 0 ? EXIT.findings : EXIT.clean;
};

interface Step {
  readonly step: 'create' | 'change' | 'exists' | 'unsafe';
  readonly kind: 'stream' | 'topic' | 'exchange' | 'queue' | 'server' | 'group';
  readonly name: string;
  readonly detail: string;
}

async function planFor(url: string, workspace: Workspace, apply: boolean): Promise<readonly Step[]> {
  if (url.startsWith('nats://')) {
    const { planStreams } = await import('@chirograph/runtime/nats');
    const plans = await planStreams({
      servers: url,
      streams: streamsOf(workspace),
      apply,
      connection: { timeout: 5_000 },
    });
    return plans.map(({ name, subjects, kind, missing, problems }): Step => {
      if (kind === 'unsafe') return { step: 'unsafe', kind: 'stream', name, detail: problems.join('; ') };
      if (kind === 'widen')
        return { step: 'change', kind: 'stream', name, detail: `adds ${missing.join(', ')}` };
      return {
        step: kind === 'create' ? 'create' : 'exists',
        kind: 'stream',
        name,
        detail: subjects.join(', '),
      };
    });
  }
  if (/^amqps?:\/\//.test(url)) {
    const { planQueues } = await import('@chirograph/runtime/amqp');
    const plans = await planQueues({ url, groups: groupsOf(workspace), apply });
    return plans.map(
      ({ kind, name, exists }): Step => ({ step: exists ? 'exists' : 'create', kind, name, detail: '' }),
    );
  }
  if (url.startsWith('kafka://')) {
    const { planTopics } = await import('@chirograph/runtime/kafka');
    const plans = await planTopics({ brokers: url, topics: streamsOf(workspace), apply });
    return plans.map(({ name, kind, partitions, problems }): Step => {
      if (kind === 'unsafe') return { step: 'unsafe', kind: 'topic', name, detail: problems.join('; ') };
      const step = kind === 'create' ? 'create' : 'exists';
      return { step, kind: 'topic', name, detail: `${partitions} partitions` };
    });
  }
  if (/^rediss?:\/\//.test(url)) {
    const { planGroups } = await import('@chirograph/runtime/redis');
    const { problems, groups } = await planGroups({ url, groups: groupsOf(workspace), apply });
    const unsafe = problems.map(
      (detail): Step => ({ step: 'unsafe', kind: 'server', name: 'redis', detail }),
    );
    // Nothing is made on a server that loses it.
    if (apply && unsafe.length > 0) return unsafe;
    return [
      ...unsafe,
      ...groups.map(({ group: name, missingStreams, missingChannels }): Step => {
        if (missingStreams.length > 0)
          return { step: 'create', kind: 'group', name, detail: `on ${missingStreams.length} streams` };
        return missingChannels.length > 0
          ? { step: 'change', kind: 'group', name, detail: `adds ${missingChannels.join(', ')}` }
          : { step: 'exists', kind: 'group', name, detail: '' };
      }),
    ];
  }
  throw new CommandError(
    url === '' ? 'no broker is named' : `there is nothing to plan for ${url}`,
    'Use --broker nats://host:4222, kafka://host:9092, amqp://host:5672 or redis://host:6379.',
  );
}

/** The services that receive, as groups, with the channels that they receive from. */
function groupsOf({ services, operations, channels }: Workspace) {
  return services.flatMap(({ id, name }) => {
    const received = operations
      .filter((it) => it.service === id && it.action === 'receive')
      .map((it) => it.channel);
    const addresses = channels.flatMap((it) => (received.includes(it.id) && it.address ? [it.address] : []));
    return addresses.length === 0 ? [] : [{ group: name, channels: [...new Set(addresses)] }];
  });
}
