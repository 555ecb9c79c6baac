import { type Advice, isBare, RULES } from '@chirograph/compat';
import type { Place } from '@chirograph/contract/diagnostics';
import { count } from '../terminal/words.ts';
import { type Cause, causesOf } from './compat-causes.ts';
import { type CompatReport, type CompatReporter, type LeftOut, leftOutText } from './compat-report.ts';
import { upcastText } from './compat-upcast.ts';
import { witnessLine } from './compat-witness.ts';
import { impactText, rolloutText } from './compat-words.ts';
import { inOrder, type Report, type Reported } from './report.ts';

/**
 * A reporter of findings as one of comparisons: what is safe is left out, and each cause of the rest a program is told in a
 * few sentences what the text report tells a person.
 */
export function compatReporter(report: (report: Report) => string): CompatReporter {
  return (comparison) => {
    const { findings, base, head, seconds, color } = comparison;
    const sources = fromRoot({ ...base.sources, ...head.sources }, comparison.prefix);
    const causes = causesOf(findings, comparison).filter(({ verdict }) => verdict !== 'safe');
    const diagnostics = causes.map((it) => movedBy(comparison.prefix, diagnosticOf(it, comparison)));
    diagnostics.push(
      ...(comparison.leftOut ?? []).map((it) => movedBy(comparison.prefix, leftOutDiagnostic(it))),
    );
    return report({ diagnostics: inOrder({ diagnostics, sources }), sources, seconds, color, titles: RULES });
  };
}

/** What could not be read is an error wherever it is reported, a warning where no verdict rests on it. Of a former state the line is not one of today's file. */
function leftOutDiagnostic(left: LeftOut): Reported {
  const { state, place, diagnostic, isAside } = left;
  const at = state === undefined ? diagnostic.at : { file: diagnostic.at.file, pointer: '' };
  const message = state === undefined ? leftOutText(left) : `${leftOutText(left)} (${place})`;
  return { ...diagnostic, severity: isAside ? 'warning' : 'error', at, message, related: [] };
}

function fromRoot(sources: Report['sources'], prefix: string): Report['sources'] {
  if (prefix === '') return sources;
  return Object.fromEntries(
    Object.entries(sources).map(([file, source]) => [
      `${prefix}${file}`,
      { ...source, file: `${prefix}${file}` },
    ]),
  );
}

/** The same finding, its files named from the root of the repository. */
function movedBy(prefix: string, { at, related, ...rest }: Reported): Reported {
  const moved = (place: Place): Place => ({ ...place, file: `${prefix}${place.file}` });
  return {
    ...rest,
    at: moved(at),
    related: related.map((it) => ({ ...it, at: moved(it.at) })),
  };
}

function adviceText({ text, checked, upcast }: Advice): string {
  const written = upcast && !isBare(upcast) ? `: \`${upcastText(upcast)}\`` : '';
  return `Keeps it safe: ${text}${written} (checked: ${checked}).`;
}

/** Places are those of the head: a code host shows annotations beside the lines of the change. */
function diagnosticOf({ subjects, fingerprints }: Cause, comparison: CompatReport): Reported {
  const [finding, ...{ length: others }] = subjects;
  const { code, severity, message, at, change, impacts, advice, approval, note } = finding;
  const shown = impacts.find(({ witness }) => witness)?.witness;
  const affected = impactText(finding, subjects);
  const proof = shown && `${witnessLine(shown).text}: ${shown.refusal.message}`;
  const answer = approval
    ? `Approved until ${approval.until}: ${approval.reason}`
    : severity === 'warning'
      ? ''
      : `Intended? chirograph compat approve ${fingerprints.join(' ')} --against ${comparison.against} --reason "..." --until <date>`;
  const rollout = others === 0 ? rolloutText(finding, comparison) : undefined;
  const details = [note, proof, rollout].flatMap((it) => (it ? [it.replace(/\.$/, '')] : [])).join('. ');
  return {
    code,
    severity,
    at,
    message: `${change.subject.label}${others > 0 ? ` and ${count(others, 'other message')}` : ''}: ${message}${affected ? `; ${affected}` : ''}`,
    ...(details !== '' && { note: details }),
    ...(approval && { approval }),
    fix: [advice && adviceText(advice), answer].filter(Boolean).join(' '),
    related: impacts.flatMap(({ operations }) =>
      operations
        .filter(({ side }) => side === 'head')
        .map((hit) => ({
          message: `${hit.service} ${hit.action === 'send' ? 'sends' : 'receives'} ${hit.channel}`,
          at: hit.at,
        })),
    ),
  };
}
