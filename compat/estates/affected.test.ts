import { load, memoryReader } from '@chirograph/contract/load';
import { splitPointer } from '@chirograph/schema';
import { expect, it } from 'vitest';
import { compare, judge } from '../index.ts';
import { CHANGED_ESTATES } from './changed-estates.ts';
import type { Files } from './documents.ts';
import { type ChangedEstate, GONE } from './kinds/row.ts';

interface Tree {
  [key: string]: unknown;
}

/** Who is named by the findings on what lies between two states, and the findings as text. */
function judged({ base, edit }: ChangedEstate): { readonly named: readonly string[]; readonly told: string } {
  const [former, now] = [workspaceOf(base), workspaceOf(edited(base, edit))];
  const findings = judge({ base: former, head: now, changes: compare(former, now) }, { today: '2026-01-01' });
  const named = findings
    .filter(({ verdict }) => verdict !== 'safe')
    .flatMap(({ impacts }) => impacts.flatMap(({ operations }) => operations.map(({ service }) => service)));
  const told = findings.map(({ verdict, code, change, note }) =>
    [verdict, code, change.subject.label, note ?? ''].join(' '),
  );
  return { named: [...new Set(named)].sort(), told: told.join('\n') };
}

function workspaceOf(files: Files) {
  const texts = Object.fromEntries(Object.entries(files).map(([file, it]) => [file, JSON.stringify(it)]));
  const { workspace, diagnostics } = load(memoryReader(texts));
  expect(diagnostics.filter(({ code }) => /^(file|reference)\//.test(code))).toEqual([]);
  return workspace;
}

function edited(base: Files, edit: ChangedEstate['edit']): Files {
  const head = JSON.parse(JSON.stringify(base)) as Tree;
  for (const [place, value] of Object.entries(edit)) {
    const [file = '', pointer = ''] = place.split('#');
    const path = [file, ...splitPointer(pointer)];
    const owner = path.slice(0, -1).reduce((tree, step) => tree[step] as Tree, head);
    const last = path.at(-1) ?? '';
    if (value === GONE) delete owner[last];
    else owner[last] = value;
  }
  return head as Files;
}

it.each(CHANGED_ESTATES.map((it) => [it.why, it] as const))('%s', (_, estate) => {
  const { named, told } = judged(estate);
  expect(named, told).toEqual([...estate.affected].sort());
});
