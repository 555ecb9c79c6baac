import type { OutboxRow } from '@chirograph/runtime';
import { CommandError, EXIT } from '../exit.ts';
import { ageText, limitOf } from '../operate/duration.ts';
import { headJson } from '../operate/message-json.ts';
import { withStore } from '../operate/open-store.ts';
import { visible } from '../terminal/visible.ts';
import { count, table } from '../terminal/words.ts';
import type { Run } from './command.ts';

/** `chirograph outbox`: messages that are decided and not yet at the broker. */
export const run: Run = async ([action, ...ids], values, io) =>
  withStore(values, io, async (store) => {
    if (action === 'list' && ids.length === 0) {
      const limit = limitOf('--limit', values.limit);
      const after = typeof values.after === 'string' ? values.after : undefined;
      const { rows, depth } = await store.read(async (tx) => ({
        rows: await tx.outbox.next({ limit: limit + 1, after }),
        depth: await tx.outbox.depth(),
      }));
      const page = rows.slice(0, limit);
      const next = rows.length > limit ? page.at(-1)?.id : undefined;
      if (values.json) {
        io.out(`${JSON.stringify({ ...depth, messages: page.map(rowJson), next }, null, 2)}\n`);
        return EXIT.clean;
      }
      if (page.length > 0)
        io.out(`${table([['ROW', 'MESSAGE', 'CHANNEL', 'KEY', 'BYTES'], ...page.map(cellsOf)])}\n`);
      const age = depth.oldestAge === undefined ? '' : `, the oldest ${ageText(depth.oldestAge)} old`;
      io.out(`${count(depth.count, 'message')} in the outbox${age}\n`);
      if (next) io.err(`There are more: --after ${next}\n`);
      return EXIT.clean;
    }
    if (action === 'skip' && ids.length > 0) {
      const skipped: OutboxRow[] = [];
      const absent: string[] = [];
      for (const id of ids) {
        const row = await store.transaction(async (tx) => {
          const before = /^\d{1,15}$/.test(id) ? String(Number(id) - 1) : undefined;
          const [found] = before === undefined ? [] : await tx.outbox.next({ limit: 1, after: before });
          if (found?.id !== id) return undefined;
          await tx.outbox.remove([id]);
          return found;
        });
        if (row) skipped.push(row);
        else absent.push(id);
      }
      if (values.json) io.out(`${JSON.stringify({ skipped: skipped.map(rowJson), absent }, null, 2)}\n`);
      else io.out(`skipped ${count(skipped.length, 'message')}: never sent, unless a relay had begun to\n`);
      for (const id of absent)
        io.err(`no message ${visible(id)} in the outbox: it was sent or skipped before, or never was\n`);
      return absent.length > 0 ? EXIT.findings : EXIT.clean;
    }
    throw new CommandError(
      'outbox takes `list`, or `skip` and the rows to skip',
      'Use: chirograph outbox skip 118',
    );
  });

function rowJson({ id, message }: OutboxRow): object {
  return { row: id, size: message.body.byteLength, message: headJson(message) };
}

function cellsOf({ id, message }: OutboxRow): readonly string[] {
  const { name, version, channel, key, body } = message;
  const title = `${name ?? '(no name)'} ${version ?? ''}`.trim();
  return [id, visible(title), visible(channel), visible(key ?? '-'), String(body.byteLength)];
}
