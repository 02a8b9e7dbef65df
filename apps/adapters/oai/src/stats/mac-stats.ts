import { MAX_UES } from './max-ues.js';

/** A UE in `nrMAC_stats.log`, as far as its lines were there; the counters run from when the UE came. */
export interface MacUe {
  readonly rnti: number;
  /** CU UE id. */
  number?: number;
  inSync?: boolean;
  cqi?: number;
  /** Rank. */
  layers?: number;
  /** First transmissions, and those after an error. */
  firstRounds?: number;
  laterRounds?: number;
  /** Blocks that were given up. */
  lostBlocks?: number;
  /** Of the tables 5.1.3.1-1 to -3 of TS 38.214, from 0. */
  mcsTable?: number;
  mcs?: number;
  /** Octets that MAC sent; in releases that have the line. */
  txBytes?: number;
  /** Mbit/s; in releases that have it. */
  goodputMbps?: number;
}

type Reader = readonly [pattern: RegExp, read: (ue: MacUe, groups: readonly string[]) => void];

const UE_LINE = /\bUE (?:RNTI )?([0-9a-f]{4})\b:?(.*)/;

/** The lines of all releases that are of use; everything else is passed over. */
const READERS: readonly Reader[] = [
  [/CU-UE-ID (\d{1,10})\b/, (ue, [id]) => (ue.number = Number(id))],
  [/\b(in-sync|out-of-sync)\b/, (ue, [state]) => (ue.inSync = state === 'in-sync')],
  [/CQI (\d{1,2})\b/, (ue, [cqi]) => (ue.cqi = Number(cqi))],
  [/(?<!UL-)\bRI (\d)\b/, (ue, [rank]) => (ue.layers = Number(rank))],
  [/goodput DL +(\d{1,7}(?:\.\d{1,9})?)\b/, (ue, [rate]) => (ue.goodputMbps = Number(rate))],
  [/MAC: +TX +(\d{1,15})\b/, (ue, [bytes]) => (ue.txBytes = Number(bytes))],
];

const DLSCH = /dlsch_rounds (\d{1,15})((?:\/\d{1,15}){0,16}), dlsch_errors (\d{1,15})\b/;
const MCS = /MCS \((\d)\) (\d{1,2})\b/;
const GOODPUT = /goodput (\d{1,7}(?:\.\d{1,9})?) Mbps/;

export interface MacStats {
  readonly ues: Map<number, MacUe>;
  /** UEs that were too many to be read. */
  readonly leftOut: number;
}

/** Reads `nrMAC_stats.log`; a line that is cut off at the end counts for nothing. */
export function readMacStats(text: string): MacStats {
  const ues = new Map<number, MacUe>();
  const others = new Set<number>();
  const end = text.lastIndexOf('\n');
  for (const line of text.slice(0, Math.max(0, end)).split('\n')) {
    const match = UE_LINE.exec(line);
    if (match === null) continue;
    const rnti = Number.parseInt(match[1]!, 16);
    const known = ues.get(rnti);
    if (known === undefined && ues.size >= MAX_UES) {
      others.add(rnti);
      continue;
    }
    const ue: MacUe = known ?? { rnti };
    ues.set(rnti, ue);
    readLine(ue, match[2]!);
  }
  return { ues, leftOut: others.size };
}

function readLine(ue: MacUe, line: string): void {
  const rounds = DLSCH.exec(line);
  if (rounds !== null) return readDlsch(ue, line, rounds);
  // Of the uplink nothing is of use, and its MCS would be taken for the downlink's.
  if (line.includes('ulsch_rounds')) return;
  for (const [pattern, read] of READERS) {
    const groups = pattern.exec(line);
    if (groups !== null) read(ue, groups.slice(1));
  }
}

function readDlsch(ue: MacUe, line: string, rounds: RegExpExecArray): void {
  const later = rounds[2]!.split('/').slice(1).map(Number);
  ue.firstRounds = Number(rounds[1]);
  ue.laterRounds = later.reduce((sum, one) => sum + one, 0);
  ue.lostBlocks = Number(rounds[3]);
  const mcs = MCS.exec(line);
  if (mcs !== null) {
    ue.mcsTable = Number(mcs[1]);
    ue.mcs = Number(mcs[2]);
  }
  const goodput = GOODPUT.exec(line);
  if (goodput !== null) ue.goodputMbps = Number(goodput[1]);
}
