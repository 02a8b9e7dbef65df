import { ricProcedure, type ReplyOf, type RequestOf } from '@ricochet/contracts';
import { Serves } from '@ricochet/control-plane';
import { Controller } from '@nestjs/common';
import { NodeProcedures } from './node-procedures.service.js';

/** Where an operator has the RIC begin a procedure. */
@Controller()
export class NodeProceduresController {
  constructor(private readonly procedures: NodeProcedures) {}

  @Serves(ricProcedure)
  begin({ nodeId, procedure }: RequestOf<typeof ricProcedure>): Promise<ReplyOf<typeof ricProcedure>> {
    return this.procedures.begin(nodeId, procedure);
  }
}
