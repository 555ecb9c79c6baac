import type { Service } from '@chirograph/contract/model';
import type { Change } from '../change.ts';
import { partOf, serviceSubject } from '../compare/changing.ts';
import type { States } from './affected-operations.ts';
import type { Finding } from './finding.ts';
import { findingOf } from './finding-of.ts';
import type { Policy } from './policy.ts';

/** What changes of a service's contract ask of its version (Semantic Versioning 2.0.0). */
export type VersionStep = 'major' | 'minor' | 'patch' | 'none';

/** The version of a service, and the one that the changes of its contract ask for. */
export interface ServiceVersion {
  readonly service: Service;
  readonly from: string;
  /** What `info.version` says now. */
  readonly to: string;
  readonly step: VersionStep;
  /** The lowest version that says what has changed; undefined where `from` is no semantic version. */
  readonly next: string | undefined;
  readonly isTooLow: boolean;
  /** The findings that ask for the step. */
  readonly causes: readonly Finding[];
}

/**
 * The version that each service needs: a break asks for a major one, other changes of what it sends and receives for a
 * minor one, words for a patch. A break that was approved is one all the same. Below 1.0.0 a break asks for a minor step, and
 * all else for a patch (section 4).
 */
export function serviceVersions(states: States, findings: readonly Finding[]): ServiceVersion[] {
  const { base, head } = states;
  const former = new Map(base.services.map((it) => [`${it.domain}/${it.name}`, it]));
  const byService = Map.groupBy(
    findings.flatMap((finding) => ownersOf(states, finding).map((id) => ({ id, finding }))),
    ({ id }) => id,
  );
  return head.services.flatMap((service) => {
    const before = former.get(`${service.domain}/${service.name}`);
    if (!before) return [];
    const own = (byService.get(service.id) ?? []).map(({ finding }) => finding);
    const step =
      (['major', 'minor', 'patch'] as const).find((it) => own.some((one) => stepOf(one) === it)) ?? 'none';
    const [from, to] = [before.version, service.version];
    const next = nextVersion(from, step);
    return [
      {
        service,
        from,
        to,
        step,
        next,
        isTooLow: next !== undefined && isBelow(to, next),
        causes: step === 'none' ? [] : own.filter((it) => stepOf(it) === step),
      },
    ];
  });
}

/** A version that was raised, and not far enough. One that stays says nothing yet: it may be raised with the release. */
export function versionFindings(states: States, findings: readonly Finding[], policy: Policy): Finding[] {
  return serviceVersions(states, findings).flatMap(({ service, from, to, next, isTooLow, step, causes }) => {
    if (!isTooLow || from === to || next === undefined) return [];
    const before = states.base.services.find(
      (it) => it.domain === service.domain && it.name === service.name,
    );
    const change: Change = {
      code: 'service/version-too-low',
      subject: serviceSubject(before, service),
      field: [],
      from: `${from} -> ${to}`,
      to: next,
      ...(before && { base: partOf(before, 'info', 'version') }),
      head: partOf(service, 'info', 'version'),
    };
    return [{ ...findingOf(states, change, 'warning', [], policy), note: causesText(step, causes) }];
  });
}

/** `OrderPlaced 1.0 breaks: ...`, and how many more there are. */
export function causesText(step: VersionStep, causes: readonly Finding[]): string {
  const texts = [...new Set(causes.map(({ change, message }) => `${change.subject.label}: ${message}`))];
  const more = texts.length > SHOWN ? `; and ${texts.length - SHOWN} more` : '';
  const what = step === 'major' ? 'Breaking' : step === 'minor' ? 'Changed' : 'Reworded';
  return texts.length === 0 ? '' : `${what}: ${texts.slice(0, SHOWN).join('; ')}${more}.`;
}

const SHOWN = 3;

function stepOf({ verdict, approval, code }: Finding): VersionStep {
  if (code === 'service/version-too-low') return 'none';
  if (verdict === 'breaking' || verdict === 'undecided' || approval) return 'major';
  return /documentation-changed|key-renamed$|operation\/renamed$/.test(code) ? 'patch' : 'minor';
}

/**
 * The services whose contract a change is of: those whose document it stands in; of what several share in another file,
 * those who send or receive it.
 */
function ownersOf({ base, head }: States, { change }: Finding): readonly string[] {
  const { subject } = change;
  const files = new Set([change.head?.file, change.base?.file].filter((it) => it !== undefined));
  const ofFile = head.services.filter(({ at }) => files.has(at.file)).map(({ id }) => id);
  if (ofFile.length > 0) return ofFile;
  const messages = new Set([
    subject.base,
    subject.head,
    ...(subject.messages?.base ?? []),
    ...(subject.messages?.head ?? []),
  ]);
  const used = [...base.operations, ...head.operations].filter(
    (it) =>
      messages.has(it.id) ||
      [...it.messages, ...(it.reply?.messages ?? [])].some((message) => messages.has(message)),
  );
  return [...new Set(used.map(({ service }) => service))].filter((id) =>
    head.services.some((it) => it.id === id),
  );
}

interface Semver {
  readonly numbers: readonly [number, number, number];
  readonly isPrerelease: boolean;
}

/** `1.4.0`, `v2.0.0-rc.1`, and what people write for short: `1.4`, `2`. */
function semverOf(text: string): Semver | undefined {
  const found = /^v?(\d+)(?:\.(\d+)(?:\.(\d+)(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)?)?$/.exec(text.trim());
  if (!found) return undefined;
  const [, major = '0', minor = '0', patch = '0', prerelease] = found;
  return { numbers: [Number(major), Number(minor), Number(patch)], isPrerelease: prerelease !== undefined };
}

/** The lowest version that a step leads to, written as the former one is; undefined where that is none. */
export function nextVersion(from: string, step: VersionStep): string | undefined {
  const former = semverOf(from);
  if (!former) return undefined;
  if (step === 'none') return from;
  const [major, minor, patch] = former.numbers;
  const isInitial = major === 0;
  const next =
    step === 'major'
      ? isInitial
        ? [0, minor + 1, 0]
        : [major + 1, 0, 0]
      : step === 'minor' && !isInitial
        ? [major, minor + 1, 0]
        : [major, minor, former.isPrerelease ? patch : patch + 1];
  const written = /^v?\d+(\.\d+)*/.exec(from)?.[0].split('.').length ?? 3;
  // A version of fewer numbers has no place for a smaller step.
  const needed = next[2] !== 0 ? 3 : next[1] !== 0 ? 2 : 1;
  return `${from.startsWith('v') ? 'v' : ''}${next.slice(0, Math.max(written, needed)).join('.')}`;
}

/** A pre-release of the version that is needed will do: it leads to it. */
function isBelow(version: string, needed: string): boolean {
  const [own, least] = [semverOf(version), semverOf(needed)];
  if (!own || !least) return false;
  for (const [index, number] of own.numbers.entries()) {
    const other = least.numbers[index] ?? 0;
    if (number !== other) return number < other;
  }
  return false;
}
