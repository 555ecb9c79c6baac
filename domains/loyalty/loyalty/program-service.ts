import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { RuleConfiguration } from '@chirograph/generated/loyalty/types';
import {
  type CommandContext,
  type Outcome,
  outcomeOf,
  type Repository,
  refuse,
  type Store,
  within,
} from '@chirograph/runtime';
import type {
  ActivateProgram,
  ChangeRule,
  CreateProgram,
  PauseProgram,
  ProgramCommand,
  ProgramRefusal,
} from './program/commands.ts';
import type { ProgramEvent } from './program/events.ts';
import type { Program } from './program/state.ts';
import type {
  DefineTemplate,
  Template,
  TemplateCommand,
  TemplateEvent,
  TemplateRefusal,
} from './template/template.ts';

/** What business owners can do. */
export interface ProgramService {
  defineTemplate(
    request: Request<DefineTemplate>,
    context?: CommandContext,
  ): Promise<Outcome<TemplateEvent, TemplateRefusal>>;
  createProgram(request: Request<CreateProgram>, context?: CommandContext): Promise<ProgramOutcome>;
  /** Takes the template's rule, unless the owner brings another. */
  createProgramFromTemplate(
    request: Request<CreateProgram> & { readonly templateId: string },
    context?: CommandContext,
  ): Promise<Outcome<ProgramEvent, ProgramRefusal | TemplateRefusal>>;
  changeRule(request: ToProgram<ChangeRule>, context?: CommandContext): Promise<ProgramOutcome>;
  activateProgram(request: ToProgram<ActivateProgram>, context?: CommandContext): Promise<ProgramOutcome>;
  pauseProgram(request: ToProgram<PauseProgram>, context?: CommandContext): Promise<ProgramOutcome>;
}

type ProgramOutcome = Outcome<ProgramEvent, ProgramRefusal>;
type Request<Command> = Omit<Command, 'type'>;
type ToProgram<Command> = Request<Command> & { readonly programId: string };

export interface ProgramServiceOptions {
  readonly store: Store;
  readonly programs: Repository<Program, ProgramCommand, ProgramEvent, ProgramRefusal>;
  readonly templates: Repository<Template, TemplateCommand, TemplateEvent, TemplateRefusal>;
}

export function programService({ store, programs, templates }: ProgramServiceOptions): ProgramService {
  async function decide(
    id: string,
    command: ProgramCommand,
    context: CommandContext,
  ): Promise<ProgramOutcome> {
    return within(store, context, async (tx) =>
      outcomeOf(id, await programs.decide(tx, id, command, context)),
    );
  }

  return {
    defineTemplate: (request, context = {}) =>
      within(store, context, async (tx) => {
        const { templateId } = request;
        const command: DefineTemplate = { type: 'DefineTemplate', ...request };
        return outcomeOf(templateId, await templates.decide(tx, templateId, command, context));
      }),
    createProgram: (request, context = {}) =>
      decide(randomUUID(), { type: 'CreateProgram', ...request }, context),
    createProgramFromTemplate: (request, context = {}) =>
      within(store, context, async (tx) => {
        const { templateId, businessId, rule } = request;
        const { state: template } = await templates.load(tx, templateId);
        if (template.kind === 'unknown') return refuse('template-unknown', 'There is no such template.');
        const programId = randomUUID();
        const create: CreateProgram = { type: 'CreateProgram', ...request, rule: rule ?? template.rule };
        const created = outcomeOf(programId, await programs.decide(tx, programId, create, context));
        if (created.kind === 'refused') return created;
        const customized = isCustomized(template.rule, rule);
        const use: TemplateCommand = { type: 'UseTemplate', businessId, programId, customized };
        const used = outcomeOf(templateId, await templates.decide(tx, templateId, use, context));
        return used.kind === 'refused' ? used : created;
      }),
    changeRule: ({ programId, ...request }, context = {}) =>
      decide(programId, { type: 'ChangeRule', ...request }, context),
    activateProgram: ({ programId }, context = {}) => decide(programId, { type: 'ActivateProgram' }, context),
    pauseProgram: ({ programId, ...request }, context = {}) =>
      decide(programId, { type: 'PauseProgram', ...request }, context),
  };
}

function isCustomized(template: RuleConfiguration, own: RuleConfiguration | undefined): boolean {
  return own !== undefined && !isDeepStrictEqual(own, template);
}
