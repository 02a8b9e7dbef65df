import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { type RoundReport, type TrainerState } from '../trainer/trainer.js';
import { type TrainingConfig } from '../trainer/training-config.js';
import { CheckpointError } from './checkpoint.error.js';

/** What a training has to be again for its checkpoint to be gone on from. */
export interface TrainingIdentity {
  /** Name of the task family, and the digest of its file. */
  readonly family: string;
  readonly familySha256: string;
  readonly config: TrainingConfig;
  readonly seed: number;
  /** Name of the engine that computes. */
  readonly engine: string;
}

/** A training where it begins an episode. */
export interface Checkpoint {
  readonly identity: TrainingIdentity;
  readonly state: TrainerState;
  /** Of all rounds so far. */
  readonly history: readonly RoundReport[];
  /** That wrote it, such as `v20.19.0`. */
  readonly nodeVersion: string;
}

const MAGIC = 'ricochet-checkpoint';
const VERSION = 2;
const LINE_BREAK = 0x0a;
/** Of the first line. */
const LONGEST_HEAD = 200;

/**
 * A checkpoint as a file: one line of text, `ricochet-checkpoint <format version> <SHA-256 of the rest> <Node version>`,
 * then the rest in the format of `v8.serialize`.
 */
export function encodeCheckpoint(checkpoint: Checkpoint): Buffer {
  const body = serialize(checkpoint);
  const head = `${MAGIC} ${VERSION} ${sha256(body)} ${checkpoint.nodeVersion}\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

/** @throws CheckpointError saying what is wrong with the file, without its name */
export function decodeCheckpoint(file: Buffer): Checkpoint {
  if (file.length === 0) throw new CheckpointError('is empty');
  const end = file.subarray(0, LONGEST_HEAD).indexOf(LINE_BREAK);
  const [magic, version, digest, nodeVersion] = file.toString('latin1', 0, Math.max(0, end)).split(' ');
  if (magic !== MAGIC) throw new CheckpointError('is no checkpoint of a training');
  if (version !== String(VERSION)) {
    throw new CheckpointError(`has format version ${version}; this program reads ${VERSION}`);
  }
  const body = file.subarray(end + 1);
  if (sha256(body) !== digest) throw new CheckpointError('is damaged: its SHA-256 does not fit');
  try {
    return deserialize(body) as Checkpoint;
  } catch {
    throw new CheckpointError(`is of Node ${nodeVersion}, whose format this Node does not read`);
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
