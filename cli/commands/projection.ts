import { CommandError, EXIT } from '../exit.ts';
import { withStore } from '../operate/open-store.ts';
import { visible } from '../terminal/visible.ts';
import { table } from '../terminal/words.ts';
import type { Run } from './command.ts';

/** `chirograph projection`: the read models that a store keeps, and having one built anew. */
export const run: Run = async ([action, name, ...more], values, io) => {
  if (more.length > 0 || !((action === 'list' && !name) || (action === 'rebuild' && name)))
    throw new CommandError(
      'projection takes `list`, or `rebuild` and a name',
      'Use: chirograph projection rebuild orders',
    );
  return withStore(values, io, async (store) => {
    const { projectionsIn } = await import('@chirograph/runtime');
    const projections = projectionsIn(store);
    if (name) {
      if (!(await projections.rebuild(name)))
        throw new CommandError(
          `no projection ${name} was ever kept in this store`,
          'See: chirograph projection list',
        );
      if (values.json) io.out(`${JSON.stringify({ rebuilding: name })}\n`);
      else
        io.out(
          `${visible(name)} is built anew by the service that keeps it; what there is is read until then\n`,
        );
      return EXIT.clean;
    }
    const all = await projections.list();
    if (values.json) io.out(`${JSON.stringify({ projections: all }, null, 2)}\n`);
    else if (all.length === 0) io.out('no projections\n');
    else
      io.out(
        `${table([
          ['PROJECTION', 'GENERATION', 'VERSION', 'STATE', 'POSITION'],
          ...all.flatMap(({ projection, generations }) =>
            generations.map((it) => [
              visible(projection),
              String(it.id),
              visible(it.version),
              it.state,
              it.position ?? '-',
            ]),
          ),
        ])}\n`,
      );
    return EXIT.clean;
  });
};
