import { type ControlEffect } from '@ricochet/contracts';

/** What a report shows of a control's effect. */
export type MeasuredEffect = Pick<ControlEffect, 'effective' | 'cause' | 'reason' | 'shares'>;
