import { describe, expect, it } from 'vitest';
import { load, memoryReader } from '../../load/index.ts';
import { type Edge, meetingOf, type Workspace } from '../index.ts';
import { ESTATES } from './estates.ts';

function edgesOf(files: Readonly<Record<string, string>>): string[] {
  const { workspace } = load(memoryReader(files));
  return [...new Set(meetingOf(workspace).edges.map((it) => edgeText(workspace, it)))].sort();
}

function edgeText({ services }: Workspace, { sender, reader }: Edge): string {
  const name = (id: string) => services.find((it) => it.id === id)?.name;
  return `${name(sender.service)} -> ${name(reader.service)} ${reader.message.key}`;
}

describe('who meets whom', () => {
  it.each(ESTATES.map((it) => [it.why, it] as const))('%s', (_, { files, edges }) => {
    expect(edgesOf(files)).toEqual([...edges].sort());
  });

  it('needs no order of files, and no domain', () => {
    for (const { files, edges, why } of ESTATES) {
      const moved = Object.entries(files)
        .reverse()
        .map(([file, text]) => [file, text]);
      expect([why, edgesOf(Object.fromEntries(moved))]).toEqual([why, [...edges].sort()]);
    }
  });
});
