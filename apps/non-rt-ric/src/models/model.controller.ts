import {
  modelActivate,
  modelGet,
  modelSave,
  roundNumber,
  type ReplyOf,
  type RequestOf,
} from '@ricochet/contracts';
import { Serves } from '@ricochet/control-plane';
import { Controller } from '@nestjs/common';
import { ModelRegistry } from './model-registry.service.js';

/** The model registry's door. */
@Controller()
export class ModelController {
  constructor(private readonly registry: ModelRegistry) {}

  @Serves(modelSave)
  save(request: RequestOf<typeof modelSave>): Promise<ReplyOf<typeof modelSave>> {
    return this.registry.save(request);
  }

  @Serves(modelGet)
  get(request: RequestOf<typeof modelGet>): Promise<ReplyOf<typeof modelGet>> {
    return this.registry.get(request);
  }

  @Serves(roundNumber)
  async nextRound({ level }: RequestOf<typeof roundNumber>): Promise<ReplyOf<typeof roundNumber>> {
    return { round: await this.registry.nextRound(level) };
  }

  @Serves(modelActivate)
  async activate(request: RequestOf<typeof modelActivate>): Promise<ReplyOf<typeof modelActivate>> {
    await this.registry.activate(request);
    return {};
  }
}
