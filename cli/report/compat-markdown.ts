import type { Advice, Finding, Impact } from '@chirograph/compat';
import { visible } from '../terminal/visible.ts';
import { count, sentenceList } from '../terminal/words.ts';
import { type Cause, causesOf } from './compat-causes.ts';
import { excerptOf, placesOf } from './compat-excerpt.ts';
import { type CompatReport, leftOutText, positionOf, unusedText } from './compat-report.ts';
import { upcastLines } from './compat-upcast.ts';
import {
  affectedRows,
  changeText,
  countsText,
  impactText,
  MOST_MESSAGES,
  rolloutText,
  witnessLead,
} from './compat-words.ts';
import { codeCell, codeSpan, htmlText, markdownText } from './markdown-text.ts';

/** A comment for a pull request: a line that says it all, a table by service, and a folded proof for each break. */
export function compatMarkdown(report: CompatReport): string {
  const { findings, against, leftOut = [], unused = [] } = report;
  const causes = causesOf(findings, report);
  const grave = causes.filter(({ verdict }) => verdict !== 'safe');
  const safe = causes.filter(({ verdict }) => verdict === 'safe');
  return [
    `### ${headline(causes, report)}`,
    '',
    ...(findings.length === 0 ? [`Nothing changed against ${codeSpan(against)}.`, ''] : []),
    ...(grave.length > 0 ? table(grave, report) : []),
    ...grave.filter(({ verdict }) => verdict !== 'warning').flatMap((it) => proof(it, report)),
    ...listOf(
      'Not compared',
      leftOut.map((it) => `${it.place}: ${leftOutText(it)}`),
    ),
    ...listOf('Approvals of no change here', unused.map(unusedText)),
    ...(safe.length > 0 ? folded(count(safe.length, 'safe change'), safeRows(safe)) : []),
  ].join('\n');
}

function listOf(heading: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [`**${heading}**`, '', ...lines.map((it) => `- ${markdownText(it)}`), ''];
}

function headline(causes: readonly Cause[], { against, leftOut = [] }: CompatReport): string {
  const parts = countsText(causes);
  if (leftOut.length > 0) parts.push(`${leftOut.length} left out`);
  return `Contracts against ${codeSpan(against)}: ${parts.join(', ') || 'no change'}`;
}

/** By service: everyone who is hit finds themselves in the first column, once for each cause. */
function table(causes: readonly Cause[], report: CompatReport): string[] {
  const rows = causes.flatMap(({ subjects }) => {
    const hits = subjects.flatMap((finding) =>
      servicesAffected(finding).map((service) => ({ service, finding })),
    );
    return [...Map.groupBy(hits, (it) => it.service)].flatMap(([service, group]) => {
      const [first] = group;
      if (!first) return [];
      const { finding } = first;
      const labels = [...new Set(group.map((it) => it.finding.change.subject.label))];
      const others = labels.length > MOST_LABELS ? labels.length - MOST_LABELS + 1 : 0;
      const named = others > 0 ? [...labels.slice(0, MOST_LABELS - 1), `${others} others`] : labels;
      const texts = new Set(group.map((it) => changeText(it.finding)));
      return [
        [
          cell(service),
          twoLines(finding.verdict, finding.code),
          cell(sentenceList(named)),
          twoLines(
            `${withoutSubject(finding)}${texts.size > 1 ? ' and the like' : ''}`,
            placeText(finding, report),
          ),
        ],
      ];
    });
  });
  rows.sort((a, b) => (a.join() < b.join() ? -1 : 1));
  return [
    '| service | verdict | message | change |',
    '|---|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
  ];
}

/** The change in a few words; whose it is stands in the cell before. */
function withoutSubject(finding: Finding): string {
  const text = changeText(finding);
  const { label } = finding.change.subject;
  return text.startsWith(`${label} `) ? text.slice(label.length + 1) : text;
}

/** So many messages are named in a cell. */
const MOST_LABELS = 4;

function servicesAffected({ change, impacts }: Finding): string[] {
  const services = new Set(
    impacts.flatMap(({ operations }) => operations.map((it) => `${it.domain}/${it.service}`)),
  );
  return services.size === 0 ? [`${change.subject.domain} (no service of this workspace)`] : [...services];
}

function placeText({ change }: Finding, report: CompatReport): string {
  const { base, head } = placesOf({ base: report.base.sources, head: report.head.sources }, change);
  if (!base && !head) return '';
  const { file, line } = head
    ? positionOf(report.head.sources, head)
    : positionOf(report.base.sources, base ?? { file: '', pointer: '' });
  return `${file}:${line}${head ? '' : ` (in ${report.against})`}`;
}

/** Of one cause the first message is proved, the others are named. */
function proof({ subjects, fingerprints }: Cause, report: CompatReport): string[] {
  const [finding, ...others] = subjects;
  const { change, impacts, advice, approval, note, message } = finding;
  const excerpt = dedented(
    excerptOf({ base: report.base.sources, head: report.head.sources }, change)
      .filter(({ mark }) => !mark)
      .map(({ sign, text }) => [sign, text.replace(/^ *\d+ [-+ ]/, '')]),
  );
  const rows = affectedRows(finding, report);
  const answer = approval
    ? `Approved until ${approval.until}: ${markdownText(approval.reason)}`
    : `Intended? ${codeSpan(`chirograph compat approve ${fingerprints.join(' ')} --against ${report.against} --reason "..." --until <date>`)}`;
  const label = others.length > 0 ? `In ${count(subjects.length, 'message')}` : change.subject.label;
  const about = message.startsWith(change.subject.label) ? message : `${label}: ${message}`;
  const rollout = others.length === 0 ? rolloutText(finding, report) : undefined;
  return folded(`${about}; ${impactText(finding, subjects)}`.replace(/; $/, ''), [
    ...(excerpt.length > 0 ? fence('diff', excerpt) : []),
    ...impacts.flatMap(witness),
    ...rows.map(
      ([service = '', place = '', does = '']) =>
        `- **${markdownText(service)}** ${markdownText(does)} (${codeSpan(place)})`,
    ),
    ...(rows.length > 0 ? [''] : []),
    ...(others.length > 0 ? [markdownText(messagesText(subjects)), ''] : []),
    ...[note, rollout].flatMap((text) => (text ? [markdownText(text), ''] : [])),
    ...adviceLines(
      advice,
      others.length > 0 ? `Keeps ${change.subject.label} safe, and the others likewise:` : undefined,
    ),
    answer,
  ]);
}

/** The messages of a cause, as a sentence. */
function messagesText(subjects: Cause['subjects']): string {
  const labels = subjects.map((it) => it.change.subject.label);
  const rest = labels.length - MOST_MESSAGES;
  const named = rest > 0 ? [...labels.slice(0, MOST_MESSAGES), `${rest} more`] : labels;
  return `In ${count(labels.length, 'message')}: ${sentenceList(named)}.`;
}

function adviceLines(advice: Advice | undefined, lead = 'Keeps it safe:'): string[] {
  if (!advice) return [];
  const { text, checked, upcast, or } = advice;
  const lines = upcastLines(upcast);
  return [
    `${markdownText(lead)} ${markdownText(text)} (checked: ${markdownText(checked)})${lines.length > 0 ? ':' : '.'}`,
    '',
    ...(lines.length > 0 ? fence('yaml', lines) : []),
    ...adviceLines(or, 'Or:'),
  ];
}

function witness(impact: Impact): string[] {
  if (!impact.witness) return [];
  const { value, refusal } = impact.witness;
  const where = refusal.path.length > 0 ? `${codeSpan(refusal.path.join('.'))} ` : '';
  return [
    markdownText(witnessLead(impact)),
    '',
    ...fence('json', JSON.stringify(value, null, 2).split('\n')),
    `${where}${markdownText(refusal.message)}.`,
    '',
  ];
}

function safeRows(causes: readonly Cause[]): string[] {
  return causes.map(({ subjects }) => {
    const [{ change, code, message }, ...others] = subjects;
    const label = others.length === 0 ? change.subject.label : `In ${count(subjects.length, 'message')}`;
    return `- ${markdownText(label)}: ${markdownText(message)} (\`${code}\`)`;
  });
}

function folded(title: string, lines: readonly string[]): string[] {
  return ['<details>', `<summary>${htmlText(title)}</summary>`, '', ...lines, '', '</details>', ''];
}

/** A fence longer than any in the text. */
function fence(language: string, lines: readonly string[]): string[] {
  const longest = Math.max(
    0,
    ...lines.flatMap((it) => [...it.matchAll(/`+/g)].map(([ticks]) => ticks.length)),
  );
  const ticks = '`'.repeat(Math.max(3, longest + 1));
  return [`${ticks}${language}`, ...lines.map(visible), ticks, ''];
}

/** A cell with a word and, below it, the code or the place: columns of their own would not fit on the page. */
function twoLines(text: string, code: string): string {
  return code === '' ? cell(text) : `${cell(text)}<br>${codeCell(code)}`;
}

/** Lines of a diff, moved to the left as far as all of them can be. */
function dedented(lines: readonly (readonly [sign: string, text: string])[]): string[] {
  const indent = Math.min(...lines.map(([, text]) => text.search(/\S|$/)));
  return lines.map(([sign, text]) => `${sign} ${text.slice(indent)}`);
}

function cell(text: string): string {
  return markdownText(text);
}
