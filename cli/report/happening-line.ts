import type { Happening, Received, Sent } from '@chirograph/mock';
import type { Style } from '../terminal/style.ts';
import { visibleIn } from '../terminal/visible.ts';

/** How a log shows what mocked services do: a line for each happening, more below it for what is wrong. */
export interface LogOptions {
  readonly style: Style;
  /** How wide the column of services is; 0 leaves it out. */
  readonly serviceWidth: number;
  readonly nameWidth: number;
}

/** `12:01:07.412  <- shop.order.placed  7f0c1a2b  valid`, in the time of this machine. */
export function happeningLine(told: Happening, { style, serviceWidth, nameWidth }: LogOptions): string {
  const happening = visibleIn(told);
  const service = serviceWidth > 0 ? `${(happening.service ?? '').padEnd(serviceWidth)}  ` : '';
  const head = `${style.dim(timeOf(happening.at))}  ${service}`;
  switch (happening.kind) {
    case 'received':
      return `${head}${received(happening, style, nameWidth, timeOf(happening.at).length + service.length + 5)}`;
    case 'sent':
      return `${head}${sent(happening, style, nameWidth)}`;
    case 'trouble':
      return `${head}${style.red('!!')} ${happening.problem}\n`;
  }
}

function received(it: Received, style: Style, width: number, indent: number): string {
  const name = (it.name ?? it.channel).padEnd(width);
  const start = `${style.cyan('<-')} ${name}  ${short(it.id)}  `;
  const asides = [...(it.again ? ['seen before'] : []), ...(it.overheard ? ['overheard'] : [])];
  const aside = asides.length > 0 ? style.dim(`   (${asides.join(', ')})`) : '';
  if (it.verdict === 'valid') return `${start}${style.green('valid')}${aside}\n`;
  const margin = ' '.repeat(indent);
  const problems = it.problem
    ? [it.problem]
    : it.violations.map(
        ({ pointer, rule, expected, found }) =>
          `${style.bold(pointer || 'the message')}  ${rule}: should be ${expected}, found ${found}`,
      );
  return `${start}${style.red(it.verdict.replace('-', ' '))}${aside}\n${problems.map((line) => `${margin}${line}\n`).join('')}`;
}

function sent(it: Sent, style: Style, width: number): string {
  const answers = it.answers === undefined ? '' : `  answers ${short(it.answers)}`;
  const faults = it.faults.length > 0 ? style.yellow(`   (${it.faults.join(', ')} injected)`) : '';
  return `${style.cyan('->')} ${it.name.padEnd(width)}  ${short(it.id)}${answers}${faults}\n`;
}

/** Enough of an id to recognise it by. */
function short(id: string): string {
  return id.slice(0, 8).padEnd(8);
}

function timeOf(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (n: number) => String(n).padStart(2, '0');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
