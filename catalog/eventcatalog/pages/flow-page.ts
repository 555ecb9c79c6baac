import type { Flow, FlowStep } from '@chirograph/contract/model';
import { relationsOf } from '../../data/relations.ts';
import type { GeneratedFile } from '../../generated-file.ts';
import { listed } from '../../text/count.ts';
import { summaryOf } from '../../text/summary.ts';
import { type Atlas, link } from '../atlas.ts';
import { phrase, prose, section, steps } from '../text/markdown.ts';
import { page } from '../text/page.ts';
import { flowSteps } from './flow-steps.ts';
import { messageCells } from './operation-text.ts';

/** The page of a flow: its picture and its steps in words. */
export function flowPage(atlas: Atlas, flow: Flow): GeneratedFile {
  const place = atlas.node(flow.id);
  const { summary, rest } = summaryOf(flow.description);
  const front = {
    id: place.id,
    name: place.title,
    version: place.version,
    summary,
    steps: flowSteps(atlas, flow),
  };
  const body = [
    prose(rest),
    '<NodeGraph />',
    section('Step by step', steps(flow.steps.map((step) => stepText(atlas, flow, step)))),
  ];
  return page(`${place.folder}/index.mdx`, front, body);
}

function stepText(atlas: Atlas, flow: Flow, step: FlowStep): string {
  const { workspace } = atlas;
  const relations = relationsOf(workspace);
  const operation = relations.operation(step.operation);
  const messages = (operation?.messages ?? []).flatMap((it) => relations.message(it) ?? []);
  const actor = operation ? link(atlas.node(operation.service)) : '';
  const verb = step.action === 'send' ? 'sends' : 'receives';
  const what = messageCells(atlas, messages)
    .map((it) => it.link)
    .join(' and ');
  const said = `${step.description === undefined ? '' : phrase(step.description)}${afterText(flow, step)}${failureText(flow, step)}`;
  // EventCatalog leaves a space behind a link, so what follows it begins a new line.
  return [`${actor} ${verb} ${what}`, ...(said === '' ? [] : [said])].join('\\\n   ');
}

/** Where the flow goes on when the step fails. */
function failureText({ steps: all }: Flow, { onFailure = [] }: FlowStep): string {
  const told = onFailure.map(({ name, type, step, flow }) => {
    const number = all.findIndex((it) => it.id === step) + 1;
    const target = flow === undefined ? (number > 0 ? ` step ${number}` : '') : ` ${flow}`;
    const what = {
      end: 'the flow ends',
      retry: `tried again${target && `, by way of${target}`}`,
      goto: `on with${target}`,
    };
    return ` **On failure** (${phrase(name)}): ${phrase(what[type])}.`;
  });
  return told.join('');
}

/** Which steps this one comes after, where that is not simply the step before it. */
function afterText({ steps: all }: Flow, step: FlowStep): string {
  const numbers = step.after.map((id) => all.findIndex((it) => it.id === id) + 1).filter((it) => it > 0);
  const index = all.findIndex((it) => it.id === step.id);
  if (numbers.length === 0 || (numbers.length === 1 && numbers[0] === index)) return '';
  return ` *(after ${numbers.length === 1 ? 'step' : 'steps'} ${listed(numbers.map(String))})*`;
}
