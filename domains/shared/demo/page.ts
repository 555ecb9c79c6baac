import { styleText } from 'node:util';

/** A stretch of text in one style. */
export interface Span {
  readonly text: string;
  readonly style?: Style | undefined;
}

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan' | 'magenta';

/** Where the demo writes. Colour appears on terminals only, and NO_COLOR and FORCE_COLOR are heeded. */
export interface Page {
  /** One line: `left` and, flush with the right margin, `right`. What does not fit is cut, and ends in an ellipsis. */
  line(left?: readonly Span[], right?: readonly Span[]): void;
  /** Columns. */
  readonly width: number;
}

export function page(stream: NodeJS.WritableStream & { readonly columns?: number }): Page {
  const width = Math.max(80, Math.min(100, stream.columns ?? 100));
  const paint = ({ text, style }: Span): string => (style ? styleText(style, text, { stream }) : text);
  return {
    width,
    line(left = [], right = []) {
      const room = width - lengthOf(right) - (right.length > 0 ? 1 : 0);
      const fitting = fit(left, room);
      const gap = right.length > 0 ? ' '.repeat(width - lengthOf(right) - lengthOf(fitting)) : '';
      stream.write(`${[...fitting, { text: gap }, ...right].map(paint).join('').trimEnd()}\n`);
    },
  };
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + text.length, 0);
}

function fit(spans: readonly Span[], room: number): readonly Span[] {
  if (lengthOf(spans) <= room) return spans;
  const fitting: Span[] = [];
  let left = room;
  for (const span of spans) {
    if (span.text.length >= left) {
      fitting.push({ ...span, text: `${span.text.slice(0, Math.max(0, left - 1))}…` });
      break;
    }
    fitting.push(span);
    left -= span.text.length;
  }
  return fitting;
}
