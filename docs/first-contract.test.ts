import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lint } from '../contract/lint/index.ts';
import { load, memoryReader } from '../contract/load/index.ts';

/** The contracts of the guide, from its own text, and what the guide says of them. */
const GUIDE = readFileSync('docs/first-contract.md', 'utf8');

const block = (mark: string) => GUIDE.split(`\`\`\`yaml ${mark}\n`)[1]?.split('```')[0] ?? '';

const files = Object.fromEntries(
  ['envelope.yaml', 'depot.asyncapi.yaml', 'tracking.asyncapi.yaml']
    .map((name) => `specs/parcels/${name}`)
    .map((file) => [file, block(`file=${file}`)]),
);

const findings = (contracts: Record<string, string>) => {
  const { workspace, diagnostics } = load(memoryReader(contracts));
  return {
    codes: [...diagnostics, ...lint(workspace)].map((it) => it.code),
    messages: workspace.messages.map((it) => `${it.name} ${it.version}`).sort(),
  };
};

it('writes a service and a consumer that are clean', () => {
  expect(findings(files)).toEqual({ codes: [], messages: ['parcels.parcel.accepted 1.0'] });
});

it('adds a version that is clean, and that the older one can become', () => {
  const depot = 'specs/parcels/depot.asyncapi.yaml';
  const [head = '', body = ''] = (files[depot] ?? '').split('operations:');
  const withBoth =
    head.replace(/channels:[\s\S]*/, block('channel-of-both')) +
    'operations:' +
    body.replace('    ParcelAccepted:\n', '    ParcelAcceptedV1:\n') +
    block('second-version');
  expect(findings({ ...files, [depot]: withBoth })).toEqual({
    codes: [],
    messages: ['parcels.parcel.accepted 1.0', 'parcels.parcel.accepted 2.0'],
  });
});
