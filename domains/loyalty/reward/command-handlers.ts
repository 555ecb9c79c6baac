/** What the reward service does with its command. */
import type { RewardCommands } from '@chirograph/generated/loyalty/http/reward';
import type { RewardProducer } from '@chirograph/generated/loyalty/producers/reward';
import type { RewardCommandRefusedData } from '@chirograph/generated/loyalty/types';
import type { Log } from '@chirograph/runtime';
import { answering } from '../answer.ts';
import type { RewardService } from './reward-service.ts';

export function rewardCommandHandlers(
  service: Pick<RewardService, 'redeem'>,
  producer: RewardProducer,
  log: Log,
): RewardCommands {
  const answer = answering<RewardCommandRefusedData>(producer.rewardCommandRefused, log);
  return {
    async redeemReward(command, context) {
      const outcome = await service.redeem(command.data, context);
      await answer(command, command.data.rewardId, outcome, context);
    },
  };
}
