import { Controller, Inject } from '@nestjs/common';
import { type NodeStatus, type RicControls } from '@ricochet/contracts';
import { RequestError } from '@ricochet/platform';
import { controlsQuery, type ControlsQuery } from './api-bodies.js';
import { API_RIC, type ApiRic } from './api-ric.js';
import { API_ROOT, Door, Question, type Asked } from './door.js';

/** The RIC itself. */
@Controller(API_ROOT)
export class RicController {
  constructor(@Inject(API_RIC) private readonly ric: ApiRic) {}

  @Door({ method: 'GET', path: 'health/alive', role: 'anyone', summary: 'answers while the RIC runs' })
  alive(): { status: string } {
    return { status: 'ok' };
  }

  @Door({ method: 'GET', path: 'health/ready', role: 'anyone', summary: '503 when the RIC can not work' })
  ready(): { status: string } {
    const fault = this.ric.fault();
    if (fault !== undefined) throw new RequestError(503, fault);
    return { status: 'ready' };
  }

  @Door({ method: 'GET', path: 'nodes', role: 'viewer', summary: 'the E2 nodes that are known' })
  nodes(@Question() _: Asked): NodeStatus[] {
    return this.ric.nodes();
  }

  @Door({
    method: 'GET',
    path: 'controls',
    role: 'viewer',
    summary: 'what became of the latest controls, the newest first',
    query: controlsQuery,
  })
  controls(@Question() { query: { xapp, node, last } }: Asked<unknown, ControlsQuery>): Promise<RicControls> {
    return this.ric.controls({ xapp, nodeId: node, last });
  }
}
