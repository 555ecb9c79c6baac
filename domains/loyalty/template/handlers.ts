/** The template service: how often each template was used. */
import type { TemplateHandlers } from '@chirograph/generated/loyalty/consumers/template';
import type { Log, Transaction } from '@chirograph/runtime';

/** By template. */
export interface TemplateUsage {
  readonly templateName: string;
  readonly uses: number;
  /** Of these, how many changed the template's settings. */
  readonly customized: number;
}

export function templateUsage(tx: Transaction) {
  return tx.documents<TemplateUsage>('template/usage');
}

export function templateHandlers(log: Log): TemplateHandlers {
  return {
    async loyaltyTemplateUsed({ data: { templateId, templateName, customized } }, context) {
      const before = await templateUsage(context.tx).get(templateId);
      const uses = (before?.uses ?? 0) + 1;
      await templateUsage(context.tx).put(templateId, {
        templateName,
        uses,
        customized: (before?.customized ?? 0) + (customized ? 1 : 0),
      });
      log(context, `${templateName}: used ${uses === 1 ? 'once' : `${uses} times`}`);
    },
  };
}
