/** Templates from which programmes are made. Pure: no store, no bus, no clock. */
import type {
  Industry,
  LoyaltyTemplateUsedData,
  RuleConfiguration,
} from '@chirograph/generated/loyalty/types';
import { type Decider, refuse } from '@chirograph/runtime';

export type TemplateCommand = DefineTemplate | UseTemplate;

export interface DefineTemplate {
  readonly type: 'DefineTemplate';
  readonly templateId: string;
  readonly templateName: string;
  readonly industry: Industry;
  readonly rule: RuleConfiguration;
}

export interface UseTemplate {
  readonly type: 'UseTemplate';
  readonly businessId: string;
  /** The programme made from it. */
  readonly programId: string;
  /** Whether the business changed the template's settings. */
  readonly customized: boolean;
}

/** What happens to a template, as its stream keeps it. Only uses are published. */
export type TemplateEvent =
  | ({ readonly type: 'TemplateDefined' } & Omit<DefineTemplate, 'type'>)
  | { readonly type: 'LoyaltyTemplateUsed'; readonly data: LoyaltyTemplateUsedData };

export type Template = { readonly kind: 'unknown' } | KnownTemplate;

export interface KnownTemplate extends Omit<DefineTemplate, 'type'> {
  readonly kind: 'known';
}

/** Why a template refuses. */
export type TemplateRefusal = 'template-exists' | 'template-unknown';

export const template: Decider<Template, TemplateCommand, TemplateEvent, TemplateRefusal> = {
  initialState: () => ({ kind: 'unknown' }),
  evolve(state, event) {
    if (event.type === 'LoyaltyTemplateUsed') return state;
    const { type: _, ...definition } = event;
    return { kind: 'known', ...definition };
  },
  decide(command, state) {
    if (command.type === 'DefineTemplate') {
      if (state.kind === 'known') return refuse('template-exists', `${state.templateName} exists already.`);
      return [{ ...command, type: 'TemplateDefined' }];
    }
    if (state.kind === 'unknown') return refuse('template-unknown', 'There is no such template.');
    const { businessId, programId, customized } = command;
    const { templateId, templateName, industry } = state;
    const data = { templateId, templateName, businessId, programId, customized, industry };
    return [{ type: 'LoyaltyTemplateUsed', data }];
  },
};
