import type { Finding, Injury } from '@chirograph/contract/compat';
import { count } from '../terminal/words.ts';
import { excerptOf } from './compat-excerpt.ts';
import { type CompatReport, positionOf, VERDICTS } from './compat-report.ts';
import { changeText, hitRows, injuredText, witnessLead } from './compat-words.ts';

/** A comment for a pull request: a line that says it all, a table by service, and a folded proof for each break. */
export function compatMarkdown(report: CompatReport): string {
  const { findings, against } = report;
  const grave = findings.filter(({ verdict }) => verdict !== 'safe');
  const safe = findings.filter(({ verdict }) => verdict === 'safe');
  return [
    `### ${headline(report)}`,
    '',
    ...(findings.length === 0 ? [`Nothing changed against \`${against}\`.`, ''] : []),
    ...(grave.length > 0 ? table(grave, report) : []),
    ...grave.filter(({ verdict }) => verdict !== 'warning').flatMap((it) => proof(it, report)),
    ...(safe.length > 0 ? folded(count(safe.length, 'safe change'), safeRows(safe)) : []),
  ].join('\n');
}

function headline({ findings, against }: CompatReport): string {
  const parts = VERDICTS.flatMap((verdict) => {
    const n = findings.filter((it) => it.verdict === verdict).length;
    return n > 0 ? [`${n} ${verdict}`] : [];
  });
  return `Contracts against \`${against}\`: ${parts.join(', ') || 'no change'}`;
}

/** By service: everyone who is hit finds themselves in the first column. */
function table(findings: readonly Finding[], report: CompatReport): string[] {
  const rows = findings.flatMap((finding) => {
    const { change, code, verdict, injuries } = finding;
    const services = new Set(injuries.flatMap(({ hits }) => hits.map((it) => `${it.domain}/${it.service}`)));
    const place = change.head
      ? positionOf(report.head.sources, change.head)
      : change.base && positionOf(report.base.sources, change.base);
    const who = services.size === 0 ? [`${change.subject.domain} (nobody here)`] : [...services];
    return who.map((service) =>
      [
        service,
        verdict,
        change.subject.label,
        changeText(finding),
        `\`${code}\``,
        place ? `${place.file}:${place.line}` : '',
      ].map(cell),
    );
  });
  rows.sort((a, b) => (a.join() < b.join() ? -1 : 1));
  return [
    '| service | verdict | message | change | rule | place |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
  ];
}

function proof(finding: Finding, report: CompatReport): string[] {
  const { change, injuries, advice, fingerprint, approval, note } = finding;
  const excerpt = excerptOf({ base: report.base.sources, head: report.head.sources }, change)
    .filter(({ mark }) => !mark)
    .map(({ sign, text }) => `${sign}${text.replace(/^ *\d+ [-+ ]/, '')}`);
  const rows = hitRows(finding, report);
  const answer = approval
    ? `Approved until ${approval.until}: ${approval.reason}`
    : `Meant? \`chirograph compat approve ${fingerprint} --reason "..." --until <date>\``;
  return folded(`${change.subject.label}: ${finding.message}, ${injuredText(finding)}`, [
    ...(excerpt.length > 0 ? fence('diff', excerpt) : []),
    ...injuries.flatMap(witness),
    ...rows.map((row) => `- ${row.join(' ')}`),
    ...(rows.length > 0 ? [''] : []),
    ...(note ? [note, ''] : []),
    ...(advice ? [`Keeps it safe: ${advice.text} (checked: ${advice.checked}).`, ''] : []),
    answer,
  ]);
}

function witness(injury: Injury): string[] {
  if (!injury.witness) return [];
  const { value, refusal } = injury.witness;
  const where = refusal.path.length > 0 ? `\`${refusal.path.join('.')}\` ` : '';
  return [
    witnessLead(injury),
    '',
    ...fence('json', JSON.stringify(value, null, 2).split('\n')),
    `${where}${refusal.message}.`,
    '',
  ];
}

function safeRows(findings: readonly Finding[]): string[] {
  return findings.map(({ change, code, message }) => `- ${change.subject.label}: ${message} (\`${code}\`)`);
}

function folded(title: string, lines: readonly string[]): string[] {
  return ['<details>', `<summary>${escaped(title)}</summary>`, '', ...lines, '', '</details>', ''];
}

/** A fence longer than any in the text. */
function fence(language: string, lines: readonly string[]): string[] {
  const longest = Math.max(
    0,
    ...lines.flatMap((it) => [...it.matchAll(/`+/g)].map(([ticks]) => ticks.length)),
  );
  const ticks = '`'.repeat(Math.max(3, longest + 1));
  return [`${ticks}${language}`, ...lines, ticks, ''];
}

function cell(text: string): string {
  return escaped(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
