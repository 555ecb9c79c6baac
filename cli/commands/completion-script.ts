import type { Command, Option } from './command.ts';

/**
 * Completion: what a shell needs to know of the commands, as a script for it. Files are completed where nothing else is
 * known.
 */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

/** The script for a shell. The commands are those of the table, so that none is forgotten. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  switch (shell) {
    case 'bash':
      return bash(commands);
    case 'zsh':
      return zsh(commands);
    case 'fish':
      return fish(commands);
  }
}

/** The ways in which an option is written: `--format`, `-q`. */
function namesOf({ flags }: Option): string[] {
  return flags.split(/,\s*/).map((it) => it.split(' ')[0] ?? it);
}

function takesValue({ flags }: Option): boolean {
  return flags.includes('<');
}

const HELP: Option = { flags: '-h, --help', summary: 'show this help' };

function optionsOf({ options }: Command): readonly Option[] {
  return [...options, HELP];
}

/** Values of the options that have some, by the option as it is written. */
function valuesOf(commands: readonly Command[]): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { name, options } of commands)
    for (const option of options)
      for (const it of option.choices ? namesOf(option) : [])
        found.set(`${name} ${it}`, option.choices ?? []);
  return found;
}

function bash(commands: readonly Command[]): string {
  const values = [...valuesOf(commands)].map(([key, it]) => `    '${key}') words='${it.join(' ')}' ;;`);
  const options = commands.map(
    (it) => `      ${it.name}) words='${optionsOf(it).flatMap(namesOf).join(' ')}' ;;`,
  );
  return `# bash completion of chirograph: source <(chirograph completion bash)
_chirograph() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]} words=''
  case "$command $previous" in
${values.join('\n')}
  esac
  if [[ -z $words ]]; then
    if [[ $COMP_CWORD -eq 1 ]]; then words='${commands.map((it) => it.name).join(' ')}'
    elif [[ $current == -* ]]; then
      case $command in
${options.join('\n')}
      esac
    fi
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _chirograph chirograph
`;
}

function zsh(commands: readonly Command[]): string {
  const described = commands.map((it) => `    ${quoted(`${it.name}:${it.summary}`)}`);
  const cases = commands.map((it) => {
    const specs = optionsOf(it).flatMap((option) =>
      namesOf(option).map((name) => {
        const value = takesValue(option)
          ? `:value:${option.choices ? `(${option.choices.join(' ')})` : '_files'}`
          : '';
        return quoted(`${name}[${option.summary.replace(/[[\]:\\]/g, (char) => `\\${char}`)}]${value}`);
      }),
    );
    return `    ${it.name}) _arguments ${[...specs, "'*:file:_files'"].join(' ')} ;;`;
  });
  return `#compdef chirograph
# zsh completion of chirograph: chirograph completion zsh > "\${fpath[1]}/_chirograph"
_chirograph() {
  local -a commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
# As a file in $fpath this is the function's body, which the first completion runs; read by "source" it is not.
if [[ $funcstack[1] == _chirograph ]]; then _chirograph "$@"; else compdef _chirograph chirograph; fi
`;
}

function fish(commands: readonly Command[]): string {
  const rows = commands.flatMap((it) => [
    `complete -c chirograph -n __fish_use_subcommand -f -a ${it.name} -d ${quoted(it.summary)}`,
    ...optionsOf(it).map((option) => {
      const names = namesOf(option).map((name) =>
        name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
      );
      const value = !takesValue(option)
        ? ''
        : option.choices
          ? ` -x -a ${quoted(option.choices.join(' '))}`
          : ' -r';
      return `complete -c chirograph -n '__fish_seen_subcommand_from ${it.name}' ${names.join(' ')}${value} -d ${quoted(option.summary)}`;
    }),
  ]);
  return `# fish completion of chirograph: chirograph completion fish > ~/.config/fish/completions/chirograph.fish
${rows.join('\n')}
`;
}

/** A word for a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
