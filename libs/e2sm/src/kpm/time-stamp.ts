import { fromHex, toHex } from '@ricochet/asn1';

const ntpToUnixS = 2_208_988_800;
const fractions = 2 ** 32;
/** Beyond these a stamp is no time of a real network: the years 2001 and 2096. */
const plausibleUnixMs = { min: 1e12, max: 4e12 } as const;

/**
 * Simulation time as a TimeStamp of KPM v3: NTP's seconds and 2^-32 seconds (RFC 5905 clause 6), from the run's
 * start.
 * @throws {Error} for what is not a whole number of ms from 0 to below 2^32 s
 */
export function timeStampOfMs(timeMs: number): Uint8Array {
  if (!Number.isInteger(timeMs) || timeMs < 0 || timeMs >= fractions * 1000) {
    throw new Error(`expected whole milliseconds below 2^32 s, found ${String(timeMs)}`);
  }
  return stampOf({
    high: Math.floor(timeMs / 1000),
    low: Math.round(((timeMs % 1000) / 1000) * fractions),
  });
}

/** Reverse of {@link timeStampOfMs}; `undefined` for a stamp that it does not make. */
export function msOfTimeStamp(stamp: Uint8Array): number | undefined {
  if (stamp.length !== 8) return undefined;
  const { high: seconds, low: fraction } = wordsOf(stamp);
  const ms = Math.round((fraction / fractions) * 1000);
  return ms < 1000 && Math.round((ms / 1000) * fractions) === fraction ? seconds * 1000 + ms : undefined;
}

/**
 * How a node writes its clock into a TimeStamp: NTP as KPM v3 has it; whole seconds in the four octets of v2.03; or
 * the microseconds of OAI's agent, with their 32-bit words swapped.
 */
export type TimeStampForm = 'ntp' | 'seconds' | 'microseconds';

/**
 * A clock's time as a header's `timeStamp`, in hexadecimal; `seconds` cuts the rest off and goes with dialect v2.03.
 * @throws {Error} for what is not a whole number of ms from 0 to below 2^32 s
 */
export function timeStampIn(form: TimeStampForm, timeMs: number): string {
  const ntp = timeStampOfMs(timeMs);
  if (form === 'ntp') return toHex(ntp);
  if (form === 'seconds') return toHex(ntp.subarray(0, 4));
  const microseconds = timeMs * 1000;
  return toHex(stampOf({ high: microseconds % fractions, low: Math.floor(microseconds / fractions) }));
}

/**
 * Reverse of {@link timeStampIn} for a header of a node whose form is known, in ms of that node's clock: its form can
 * not be told from small times.
 */
export function timeMsIn(
  form: TimeStampForm,
  header: { readonly timeStamp: string } | { readonly collectionStartTimeMs: number },
): number {
  const stamp =
    'timeStamp' in header ? fromHex(header.timeStamp) : timeStampOfMs(header.collectionStartTimeMs);
  const { high, low } = wordsOf(stamp);
  if (form === 'microseconds') return Math.floor((low * fractions + high) / 1000);
  return high * 1000 + Math.round((low / fractions) * 1000);
}

/**
 * What a TimeStamp of a real network says in ms since 1970: NTP as KPM v3 has it; seconds of 1900 or 1970 in the
 * four octets of v2.03; or the microseconds since 1970 of OAI's agent, as they are or with their 32-bit words
 * swapped. `undefined` when it is none of these in the years 2001 to 2096.
 * @param timeStamp 4 or 8 octets in hexadecimal
 */
export function unixMsOfTimeStamp(timeStamp: string): number | undefined {
  return readings(fromHex(timeStamp)).find(
    (timeMs) => timeMs >= plausibleUnixMs.min && timeMs < plausibleUnixMs.max,
  );
}

function readings(stamp: Uint8Array): number[] {
  const { high, low } = wordsOf(stamp);
  if (stamp.length === 4) return [(high - ntpToUnixS) * 1000, high * 1000];
  const ntp = (high - ntpToUnixS) * 1000 + Math.floor((low / fractions) * 1000);
  // Microseconds first: their high word would be an unlikely fraction of NTP's, but any word may be its seconds.
  return [Math.floor((high * fractions + low) / 1000), Math.floor((low * fractions + high) / 1000), ntp];
}

/** The words of 32 bits of a TimeStamp. */
interface Words {
  readonly high: number;
  readonly low: number;
}

/** One of four octets has but a high word. */
function wordsOf(stamp: Uint8Array): Words {
  let high = 0;
  let low = 0;
  for (let at = 0; at < 4; at++) {
    high = (high << 8) | stamp[at]!;
    low = (low << 8) | (stamp[at + 4] ?? 0);
  }
  return { high: high >>> 0, low: low >>> 0 };
}

function stampOf({ high, low }: Words): Uint8Array {
  const stamp = new Uint8Array(8);
  for (let at = 3, left = high, right = low; at >= 0; at--, left >>>= 8, right >>>= 8) {
    stamp[at] = left;
    stamp[at + 4] = right;
  }
  return stamp;
}
