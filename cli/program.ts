import { Command as Program, Option as ProgramOption } from 'commander';
import type { Command } from './commands/command.ts';
import { COMMANDS } from './commands/commands.ts';
import { EXIT, type ExitCode } from './exit.ts';
import manifest from './package.json' with { type: 'json' };
import type { Io } from './terminal/io.ts';
import type { Values } from './terminal/values.ts';

/** The command line: every command of the table, parsed by commander. `done` receives the exit code of the one run. */
export function programFor(io: Io, done: (code: ExitCode) => void): Program {
  const program = new Program('chirograph')
    .description('Contract-first events: validate, generate, prove and publish AsyncAPI contracts.')
    .version(manifest.version, '-v, --version')
    .helpOption('-h, --help', 'show this help')
    .configureOutput({ writeOut: io.out, writeErr: io.err, getOutHasColors: () => io.color })
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', AFTER);
  for (const command of COMMANDS) program.addCommand(subprogram(command, io, done));
  return program;
}

const AFTER = `
Exit codes: ${EXIT.clean} clean, ${EXIT.findings} findings, ${EXIT.failure} wrong use or failure.
Without arguments, commands work on what chirograph.config.ts names.`;

function subprogram(command: Command, io: Io, done: (code: ExitCode) => void): Program {
  const program = new Program(command.name)
    .summary(command.summary)
    .description(`${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`)
    .helpOption('-h, --help', 'show this help')
    .configureOutput({ writeOut: io.out, writeErr: io.err, getOutHasColors: () => io.color })
    .exitOverride()
    .addHelpText('after', examplesOf(command));
  for (const { syntax, summary } of command.arguments) program.argument(syntax, summary);
  for (const { flags, summary, choices, default: preset } of command.options) {
    const option = new ProgramOption(flags, summary);
    if (choices) option.choices(choices);
    if (preset !== undefined) option.default(preset);
    program.addOption(option);
  }
  return program.action(async (...received: unknown[]) => {
    const values = received[command.arguments.length] as Values;
    const args = received
      .slice(0, command.arguments.length)
      .flat()
      .filter((it) => typeof it === 'string');
    const { run } = await command.load();
    done(await run(args, values, io));
  });
}

function examplesOf({ examples }: Command): string {
  const width = Math.max(...examples.map(({ line }) => line.length));
  return `\nExamples:\n${examples.map(({ line, summary }) => `  ${line.padEnd(width)}   ${summary}`).join('\n')}`;
}
