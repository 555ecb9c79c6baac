import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { camelCase, kebabCase, pascalCase } from './casing.ts';
import { code, docComment, lines, sourceFile, typeSymbol, valueSymbol } from './source-file.ts';
import { quote } from './text.ts';
import { literal, propertyAccess } from './value.ts';

const options = { importExtension: '.ts' } as const;

describe('sourceFile', () => {
  it('imports what is printed, packages first, types marked', () => {
    const body = lines([
      code`const x: ${typeSymbol('Shape', 'shop/types.ts')} = ${valueSymbol('make', 'shop/make.ts')}();`,
      code`${valueSymbol('use', 'somewhere')}<${typeSymbol('Use', 'somewhere')}>(x);`,
    ]);
    expect(sourceFile('shop/producers/order.ts', '// header', body, options).text).toBe(
      [
        '// header',
        '',
        "import { type Use, use } from 'somewhere';",
        "import { make } from '../make.ts';",
        "import type { Shape } from '../types.ts';",
        '',
        'const x: Shape = make();',
        'use<Use>(x);',
        '',
      ].join('\n'),
    );
  });

  it('tells two symbols of one name apart and imports nothing from itself', () => {
    const body = code`${valueSymbol('order', 'a')} ${valueSymbol('order', 'b')} ${valueSymbol('own', 'x/y.ts')}`;
    expect(sourceFile('x/y.ts', '', body, options).text).toBe(
      "import { order } from 'a';\nimport { order as order2 } from 'b';\n\norder order2 own\n",
    );
  });

  it('imports a symbol as a value once any use needs the value', () => {
    const body = code`${typeSymbol('Thing', 'a')} ${valueSymbol('Thing', 'a')}`;
    expect(sourceFile('x.ts', '', body, options).text).toContain("import { Thing } from 'a';");
  });
});

describe('names', () => {
  it.each([
    ['order.paid', 'OrderPaid', 'orderPaid', 'order-paid'],
    ['wallet.debit_started', 'WalletDebitStarted', 'walletDebitStarted', 'wallet-debit-started'],
    ['PointsEarned', 'PointsEarned', 'pointsEarned', 'points-earned'],
    ['UI client', 'UIClient', 'uiClient', 'ui-client'],
    ['2fa-enabled', '_2faEnabled', '_2faEnabled', '2fa-enabled'],
  ])('%s', (text, pascal, camel, kebab) => {
    expect([pascalCase(text), camelCase(text), kebabCase(text)]).toEqual([pascal, camel, kebab]);
  });
});

describe('literals', () => {
  it('denote what they were made from', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const made: unknown = new Function(`return (${literal(value as never)})`)();
        expect(made).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('quote any text, and any property name', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(new Function(`return ${quote(text)}`)()).toBe(text);
        expect(new Function('o', `return ${propertyAccess('o', text)}`)({ [text]: 7 })).toBe(7);
      }),
    );
  });

  it('never let a description end its comment', () => {
    expect(docComment('evil */ alert(1)')).toBe('/** evil *\\/ alert(1) */');
  });
});
