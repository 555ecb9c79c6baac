import type { Finding } from '@chirograph/compat';
import { impactText } from './compat-words.ts';
import { markdownText } from './markdown-text.ts';

/** The parts of a changelog, and what belongs there (keepachangelog.com, with what breaks first). */
const PARTS: readonly (readonly [title: string, belongs: (finding: Finding) => boolean])[] = [
  ['Breaking', ({ verdict }) => verdict === 'breaking' || verdict === 'undecided'],
  ['Removed', ({ code }) => /^(service|channel|message|server|flow)\/(version-)?removed$/.test(code)],
  ['Deprecated', ({ code }) => /deprecated$/.test(code)],
  ['Added', ({ code }) => /^(service|channel|message|server|flow)\/(version-)?added$/.test(code)],
  ['Changed', () => true],
];

/** What changed, by domain and by what it means to a reader. */
export function changelogMarkdown(findings: readonly Finding[], against: string, to = 'now'): string {
  const domains = Map.groupBy(findings, ({ change }) => change.subject.domain);
  const sections = [...domains]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([domain, own]) => [`## ${markdownText(domain)}`, '', ...parts(own)]);
  const none = findings.length === 0 ? ['Nothing changed.', ''] : [];
  return [`# Contracts: ${markdownText(against)} to ${markdownText(to)}`, '', ...none, ...sections].join(
    '\n',
  );
}

function parts(findings: readonly Finding[]): string[] {
  const byPart = Map.groupBy(findings, (it) => PARTS.find(([, belongs]) => belongs(it))?.[0] ?? 'Changed');
  return PARTS.flatMap(([title]) => {
    const own = byPart.get(title);
    return own ? [`### ${title}`, '', ...entries(own), ''] : [];
  });
}

/** By subject, each change once: a definition that many messages share is told with each of them. */
function entries(findings: readonly Finding[]): string[] {
  const bySubject = Map.groupBy(findings, ({ change }) => change.subject.label);
  return [...bySubject].flatMap(([label, own]) => {
    const texts = [...new Set(own.map(textOf))];
    const [only] = texts;
    if (texts.length === 1 && only !== undefined) return [`- **${markdownText(label)}**: ${only}`];
    return [`- **${markdownText(label)}**`, ...texts.map((text) => `  - ${text}`)];
  });
}

function textOf(finding: Finding): string {
  const affected = impactText(finding);
  return markdownText(affected === '' ? finding.message : `${finding.message} (${affected})`);
}
