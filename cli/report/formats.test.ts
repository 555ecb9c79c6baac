import { readFileSync } from 'node:fs';
import { lint } from '@chirograph/contract/lint';
import { load, memoryReader } from '@chirograph/contract/load';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { inOrder, type Report } from './report.ts';
import { reporterFor } from './reporters.ts';

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

/** Findings of every severity, with related places, in odd files and of odd texts; and none at all. */
const REPORTS: Readonly<Record<string, Report>> = {
  findings: reportOf({
    'shop/a b&<c>.yaml': `asyncapi: 3.0.0
info: { title: "<&>\\"\\u0007", version: 1.0 }
oparations: {}
channels:
  c:
    messages:
      M: { name: m, payload: { type: string, const: "<]]>" }, examples: [{ payload: "&" }] }
      N: { name: m, payload: { $ref: 'gone.yaml#/x' } }
components: { schemas: { Unused: { type: strng } } }
`,
    'shop/broken.yaml': 'asyncapi: 3.0.0\n\tinfo: \u0000',
    'shop/clean.yaml': "asyncapi: 3.0.0\ninfo: { title: Clean, version: '1.0' }\n",
  }),
  nothing: reportOf({ 'clean.yaml': "asyncapi: 3.0.0\ninfo: { title: Clean, version: '1.0' }\n" }),
  'no file': reportOf({}),
};

function reportOf(files: Readonly<Record<string, string>>): Report {
  const { workspace, diagnostics } = load(memoryReader(files));
  const { sources } = workspace;
  return {
    diagnostics: inOrder({
      diagnostics: [...diagnostics, ...lint(workspace, { preset: 'strict' })],
      sources,
    }),
    sources,
    seconds: 0.0123,
    color: false,
    startedAt: new Date('2026-01-31T10:30:00.123Z'),
  };
}

const printed = (format: string, report: Report) => reporterFor(format)(report);

it('is tried with findings of every severity, and with related places', () => {
  const { diagnostics = [] } = REPORTS.findings ?? {};
  expect(new Set(diagnostics.map((it) => it.severity))).toEqual(new Set(['error', 'warning', 'info']));
  expect(diagnostics.some((it) => it.related.length > 0)).toBe(true);
});

describe.each(Object.entries(REPORTS))('with %s', (_, report) => {
  it('a SARIF log is what the published schema wants', () => {
    const { id: _id, $schema: _schema, ...schema } = JSON.parse(fixture('sarif-2.1.0-rtm.5.json'));
    const validate = new Ajv({
      strict: false,
      validateFormats: false,
      unicodeRegExp: false,
      allErrors: true,
    }).compile(schema);
    validate(JSON.parse(printed('sarif', report)));
    expect(validate.errors ?? []).toEqual([]);
  });

  it("a JUnit report is what Jenkins's schema wants", async () => {
    const { errors } = await validateXML({
      xml: { fileName: 'report.xml', contents: printed('junit', report) },
      schema: { fileName: 'junit.xsd', contents: fixture('jenkins-junit.xsd') },
    });
    expect(errors.map((it) => it.message)).toEqual([]);
  });

  it("a Code Quality report is what GitLab's documentation asks for", () => {
    const issues = JSON.parse(printed('gitlab', report));
    const text = { type: 'string', minLength: 1 };
    const validate = new Ajv().compile({
      type: 'array',
      items: {
        type: 'object',
        required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
        properties: {
          description: text,
          check_name: text,
          fingerprint: text,
          severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
          location: {
            type: 'object',
            required: ['path', 'lines'],
            properties: {
              path: { type: 'string', pattern: '^(?!\\./|/)' },
              lines: {
                type: 'object',
                required: ['begin'],
                properties: { begin: { type: 'integer', minimum: 1 } },
              },
            },
          },
        },
      },
    });
    validate(issues);
    expect(validate.errors ?? []).toEqual([]);
    const fingerprints = issues.map((it: { fingerprint: string }) => it.fingerprint);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
  });

  it('GitHub annotations are one line each', () => {
    const lines = printed('github', report).split('\n').slice(0, -1);
    expect(lines).toHaveLength(report.diagnostics.length);
    for (const line of lines)
      expect(line).toMatch(/^::(error|warning|notice) file=[^,:]+,line=\d+,col=\d+,title=[^,:]+::./);
  });
});
