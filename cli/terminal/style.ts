import { styleText } from 'node:util';

type Format = 'red' | 'yellow' | 'green' | 'cyan' | 'bold' | 'dim';

/** Dresses text where colour is wanted, and leaves it alone elsewhere. */
export type Style = Readonly<Record<Format, (text: string) => string>>;

export function styleFor(color: boolean): Style {
  const dress = (format: Format) => (text: string) =>
    color ? styleText(format, text, { validateStream: false }) : text;
  return {
    red: dress('red'),
    yellow: dress('yellow'),
    green: dress('green'),
    cyan: dress('cyan'),
    bold: dress('bold'),
    dim: dress('dim'),
  };
}
