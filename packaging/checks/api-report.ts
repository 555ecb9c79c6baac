import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/**
 * The public API of a built package as text: of each entry all that it exports, with its declaration as a reader of the
 * types sees it, without comments. Committed, so that a change of the API shows in the diff of the commit that makes it.
 */
export function apiReport(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    exports: Record<string, { types: string } | string>;
  };
  const entries = Object.entries(manifest.exports).flatMap(([path, entry]) =>
    typeof entry === 'string' ? [] : [{ path, file: join(folder, entry.types) }],
  );
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, skipLibCheck: true, types: ['node'] },
  );
  const checker = program.getTypeChecker();
  const printer = ts.createPrinter({ removeComments: true });
  const sections = entries.map(({ path, file }) => {
    const source = program.getSourceFile(file);
    const symbol = source && checker.getSymbolAtLocation(source);
    if (!source || !symbol) throw new Error(`${relative(folder, file)} is no module`);
    const found = checker
      .getExportsOfModule(symbol)
      .map((it) => [it.name, declarationOf(it)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const name = manifest.name + path.slice(1);
    return `## ${name}\n\n\`\`\`ts\n${found.map(([, text]) => text).join('\n\n')}\n\`\`\`\n`;
  });
  return `# The public API of ${manifest.name}\n\nWritten by \`npm run check:packages -- --update\`.\n\n${sections.join('\n')}`;

  function declarationOf(exported: ts.Symbol): string {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const texts = (symbol.declarations ?? []).map((declaration) => {
      const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
      return printer
        .printNode(ts.EmitHint.Unspecified, node, declaration.getSourceFile())
        .replace(/^export (declare )?/, '');
    });
    const text = texts.join('\n') || `${exported.name}: unresolved`;
    return symbol.name === exported.name ? text : `// as ${exported.name}\n${text}`;
  }
}
