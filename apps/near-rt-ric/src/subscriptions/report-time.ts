import { E2smError, type KpmIndicationHeader, timeMsIn, unixMsOfTimeStamp } from '@ricochet/e2sm';
import { type E2Node } from '../e2/e2-node.js';

const DIGITS_OF_SECONDS = 8;

/**
 * When the period of a report began: simulation time in ms of emulated nodes, ms since 1970 of real ones.
 * @throws E2smError when the TimeStamp is no time in any form
 */
export function startMsOf(header: KpmIndicationHeader, { profile }: E2Node): number {
  // OAI's microseconds of a simulation of less than an hour look like NTP.
  const isOai = profile.kpm.dialect === 'flexric';
  if ('collectionStartTimeMs' in header) {
    return isOai ? timeMsIn('microseconds', header) : header.collectionStartTimeMs;
  }
  const unixMs = unixMsOfTimeStamp(header.timeStamp);
  if (unixMs !== undefined) return unixMs;
  if (header.timeStamp.length === DIGITS_OF_SECONDS) return timeMsIn('seconds', header);
  if (isOai) return timeMsIn('microseconds', header);
  throw new E2smError(`KPM IndicationHeader: TimeStamp ${header.timeStamp} is no time`);
}
