import { CODES, type Place, type Severity } from '@chirograph/contract/diagnostics';
import { fingerprintOf } from '../baseline/baseline.ts';
import manifest from '../package.json' with { type: 'json' };
import { type Report, type Reported, regionIn, sentenceOf } from './report.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** Findings as a SARIF 2.1.0 log of one run (OASIS, "Static Analysis Results Interchange Format"). */
export function sarifReport({ diagnostics, sources, titles = CODES }: Report): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'chirograph',
            version: manifest.version,
            rules: codes.map((it) => ruleOf(it, titles)),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((it) => resultOf(it, codes.indexOf(it.code), sources)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(code: string, titles: NonNullable<Report['titles']>): object {
  return {
    id: code,
    shortDescription: { text: titles[code]?.title ?? code },
    help: { text: `chirograph explain ${code}` },
  };
}

function resultOf(diagnostic: Reported, ruleIndex: number, sources: Report['sources']): object {
  const { code, severity, fix, at, related, approval, others = [] } = diagnostic;
  const text = [sentenceOf(diagnostic), fix].filter(Boolean).join('. ');
  const elsewhere = [...related, ...others.map((place) => ({ message: 'the same fault', at: place }))];
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: plain(text) },
    locations: [locationOf(at, sources)],
    ...(elsewhere.length > 0 && {
      relatedLocations: elsewhere.map((it, id) => ({
        id,
        message: { text: plain(it.message) },
        ...locationOf(it.at, sources),
      })),
    }),
    // Section 3.27.23: what was accepted outside of the source.
    ...(approval && {
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: `${approval.reason} (until ${approval.until})`,
        },
      ],
    }),
    partialFingerprints: { 'chirograph/v1': fingerprintOf(diagnostic) },
  };
}

/** What would be read as a link within a message (section 3.11.6) is text. */
function plain(text: string): string {
  return text.replaceAll('](', '] (');
}

function locationOf(at: Place, sources: Report['sources']) {
  const { line, column } = regionIn(sources, at);
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(at.file), uriBaseId: '%SRCROOT%' },
      region: { startLine: line, startColumn: column },
    },
  };
}
