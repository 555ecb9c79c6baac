import { isBare, type SuggestedUpcast } from '@chirograph/compat';

/** An upcast as the lines of YAML to paste into the `x-contract` of the new version; none where a word says it all. */
export function upcastLines(upcast: SuggestedUpcast | undefined): string[] {
  if (upcast === undefined || isBare(upcast)) return [];
  const [first, ...others] = partsOf(upcast);
  const hint = upcast.default ? ' # what stands for messages that have none: choose' : '';
  return ['upcasts:', `  - ${first}`, ...others.map((part) => `    ${part}`)].map((line, index, all) =>
    index === all.length - 1 ? `${line}${hint}` : line,
  );
}

/** The same in one line. */
export function upcastText(upcast: SuggestedUpcast): string {
  return `upcasts: [{ ${partsOf(upcast).join(', ')} }]`;
}

/** The default is the last one. */
function partsOf({ from, move, remove, default: defaults }: SuggestedUpcast): string[] {
  return [
    `from: ${quoted(from)}`,
    ...(move ? [`move: ${mapText(move)}`] : []),
    ...(remove ? [`remove: [${remove.map(textOf).join(', ')}]`] : []),
    ...(defaults ? [`default: ${mapText(defaults)}`] : []),
  ];
}

function mapText(map: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(map).map(([key, value]) => `${textOf(key)}: ${textOf(value)}`);
  return `{ ${entries.join(', ')} }`;
}

/** A string without quotes where YAML takes it for nothing else; everything else as JSON, which is YAML too. */
function textOf(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const isPlain = /^[A-Za-z/][\w/.-]*$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return isPlain ? value : quoted(value);
}

function quoted(text: string): string {
  return /['\\\n\t]/.test(text) ? JSON.stringify(text) : `'${text}'`;
}
