import { type Place, regionOf } from '@chirograph/contract/diagnostics';
import { filesOf, type Report } from './report.ts';

/** Findings for programs: one document, whose lines and columns count from 1. */
export function jsonReport(report: Report): string {
  const { diagnostics, sources, accepted = 0, hidden = [], seconds } = report;
  const document = {
    diagnostics: jsonDiagnostics({ diagnostics, sources }),
    files: filesOf(report).length,
    accepted,
    hidden: hidden.length,
    seconds: Number(seconds.toFixed(3)),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Findings as every JSON document of the tool holds them. */
export function jsonDiagnostics({
  diagnostics,
  sources,
}: Pick<Report, 'diagnostics' | 'sources'>): readonly object[] {
  const place = (at: Place) => {
    const source = sources[at.file];
    const region = source && regionOf(source, at);
    return { file: at.file, line: region?.line ?? 1, column: region?.column ?? 1, pointer: at.pointer };
  };
  return diagnostics.map(({ at, related, others, cause: _, ...rest }) => ({
    ...rest,
    at: place(at),
    ...(others && { others: others.map(place) }),
    related: related.map((it) => ({ message: it.message, at: place(it.at) })),
  }));
}
