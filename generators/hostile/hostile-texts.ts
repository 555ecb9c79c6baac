import fc from 'fast-check';

const SEED = Number(process.env.FC_SEED ?? 31);

/** What ends a comment, a string, a template, a line, a YAML scalar, and what a program that runs would show by. */
const PIECES = [
  ...[
    "'",
    '"',
    '`',
    '\\',
    '\\\\',
    "\\'",
    '*/',
    '/*',
    '//',
    '\n',
    '\r',
    '\r\n',
    '\u2028',
    '\u2029',
    '\u0085',
    '\v',
  ],
  ...['\0', '\u001b[31m', '\u007f', '\u202e', '\ufeff', '😀', 'é', '\t', ' ', '#', '---\n', '...\n'],
  ...[
    `\${ran()}`,
    '\n;ran();//',
    "';ran();'",
    '";ran();"',
    '`;ran();`',
    '*/ran();/*',
    '\u2028ran();//',
    '\\u000aran()',
  ],
  ...[
    "'+ran()+'",
    '"+ran()+"',
    '`+ran()+`',
    "\\';ran();//",
    '\\";ran();//',
    '])};ran();({[',
    '}ran();{',
    '</script>',
  ],
  ...[
    '__proto__',
    'constructor',
    'equal(',
    'formats.',
    'require("x")',
    '$&',
    '$1',
    "$'",
    '@ts-ignore',
    '@ts-expect-error',
  ],
  ...[
    '@__PURE__',
    ': ',
    '- ',
    '!!js ',
    '&a',
    '*a',
    '{',
    '}',
    '[',
    ']',
    '|',
    '>',
    '%',
    '@',
    '<u>',
    '{x}',
    '²',
    '١',
    'const x1 = 1',
  ],
];

/** Line breaks aside: control characters, and what reorders or hides text. */
export const INVISIBLE = /[^\n\P{Cc}]|[\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** Texts for a contract: each piece once in the first ones, then chains of them. */
export function hostileTexts(): string[][] {
  const chains = fc
    .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 })
    .map((it) => it.join(''));
  const sampled = fc.sample(fc.array(chains, { minLength: 90, maxLength: 90 }), { numRuns: 4, seed: SEED });
  return [PIECES, PIECES.toReversed(), ...sampled];
}
