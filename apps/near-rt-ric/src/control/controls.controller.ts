import {
  ricControls,
  type Conflict,
  type ControlEffect,
  type ReplyOf,
  type RequestOf,
} from '@ricochet/contracts';
import { Serves } from '@ricochet/control-plane';
import { Store, type StoredConflict, type StoredControl } from '@ricochet/store';
import { Controller } from '@nestjs/common';
import { StatusService } from '../status/status.service.js';

type Reply = ReplyOf<typeof ricControls>;

/** As many as there are slices. */
const CONFLICTS_A_CONTROL = 8;

/** Where what became of controls is asked for. */
@Controller()
export class ControlsController {
  constructor(
    private readonly store: Store,
    private readonly status: StatusService,
  ) {}

  @Serves(ricControls)
  async controls({ xapp, nodeId, last }: RequestOf<typeof ricControls>): Promise<Reply> {
    await this.status.flush();
    const controls = await this.store.controls({ xapp, nodeId, limit: last });
    const controlIds = controls.map(({ controlId }) => controlId);
    const ofControls = await this.store.conflicts({ controlIds, limit: CONFLICTS_A_CONTROL * last });
    const latest = await this.store.conflicts({ xapp, nodeId, limit: last });
    const isAmong = ({ controlId = '' }: StoredConflict): boolean => controlIds.includes(controlId);
    return {
      controls: controls.map((control) => ({
        ...answerOf(control),
        conflicts: ofControls.filter(({ controlId }) => controlId === control.controlId).map(conflictOf),
      })),
      conflicts: latest.filter((conflict) => !isAmong(conflict)).map(conflictOf),
    };
  }
}

function answerOf(stored: StoredControl): Omit<Reply['controls'][number], 'conflicts'> {
  const { controlId, xapp, nodeId, kind, asked, simTimeMs, outcome, cause, ackLatencyMs, effect } = stored;
  return {
    controlId,
    xapp,
    nodeId,
    kind,
    asked,
    answeredAtMs: simTimeMs,
    outcome,
    cause,
    ackLatencyMs,
    ...(effect !== undefined && { effect: effectOf(effect) }),
  };
}

function effectOf(effect: NonNullable<StoredControl['effect']>): Reply['controls'][number]['effect'] {
  const { effective, cause, reason, delayMs, measuredAtSimMs: measuredAtMs, achieved } = effect;
  return {
    effective,
    cause: cause as ControlEffect['cause'],
    reason,
    delayMs,
    measuredAtMs,
    shares: achieved as ControlEffect['shares'],
  };
}

function conflictOf(stored: StoredConflict): Omit<Conflict, 'controlId'> {
  const { id: _, runId: __, controlId: ___, simTimeMs: atMs, slices, ...rest } = stored;
  return { ...rest, atMs, slices: [...slices] };
}
