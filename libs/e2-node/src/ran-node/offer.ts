import {
  adapterMark,
  type AdapterProfileName,
  type MeasurementsByLevel,
  type PeerProfile,
  type RanFunctionItem,
} from '@ricochet/e2ap';
import { type KpiLevel } from '@ricochet/ran-types';
import { kpmFunction, quotaFunction } from '../ran-functions.js';

/** What can be reported, measured or derived. */
export function offeredMeasurements({ capabilities }: PeerProfile): MeasurementsByLevel {
  const { measured, derived } = capabilities;
  const at = (level: KpiLevel): string[] => [...new Set([...measured[level], ...derived[level]])];
  return { cell: at('cell'), slice: at('slice'), ue: at('ue') };
}

/** The RAN functions of a gNB behind an adapter: exactly what its profile has. */
export function ranFunctionsOf(profile: PeerProfile<AdapterProfileName>): RanFunctionItem[] {
  const { cell, slice, ue } = offeredMeasurements(profile);
  const kpm = kpmFunction({
    node: [...new Set([...cell, ...slice])],
    ue,
    description: adapterMark(profile.name),
  });
  return profile.rc.quotaApplies === 'none' ? [kpm] : [kpm, quotaFunction()];
}
