import { createWriteStream, type WriteStream } from 'node:fs';
import { ADAPTATION_VERDICTS, type AdaptationVerdict, type RoundClosed } from '@ricochet/contracts';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';
import { median } from '../bench/median.js';

/** Learning of one level over a run. */
export interface LevelSummary {
  readonly rounds: number;
  /** In force at the end. */
  readonly modelVersion: number;
  readonly rollbacks: number;
  readonly refused: number;
  /** Verdicts on the DUs' adaptation. */
  readonly adaptations: Readonly<Record<AdaptationVerdict, number>>;
  /** From a round's last contribution to its published model. */
  readonly updateP50Ms: number | null;
  readonly updateMaxMs: number | null;
}

export interface LearningSummary {
  /** What computed for the agents: the KPI hash holds for it. */
  readonly engine: string;
  readonly weighting: string;
  readonly levels: Readonly<Record<string, LevelSummary>>;
}

/** Keeps every learning round of a run: for the summary, and as rows of `learning.csv`, one a DU and round. */
export class LearningRecording {
  readonly rounds: RoundClosed[] = [];
  private readonly csv: WriteStream;
  private fault: Error | undefined;

  constructor(private readonly csvPath: string) {
    this.csv = createWriteStream(csvPath);
    this.csv.on('error', (error) => (this.fault ??= error));
    this.csv.write(
      'timeMs,level,round,closedBy,modelVersion,rolledBack,updateMs,' +
        'node,tdVariance,smoothedTdVariance,weight,supportSamples,querySamples,meanReward,adaptation\n',
    );
  }

  add(round: RoundClosed): void {
    this.rounds.push(round);
    const { timeMs, level, round: number, closedBy, modelVersion, rolledBack, updateMs } = round;
    const head = [timeMs, level, number, closedBy, modelVersion, rolledBack ? 1 : 0, updateMs ?? ''];
    for (const { nodeId, meanReward, ...part } of round.contributions) {
      const { tdVariance, smoothedTdVariance, weight, supportSamples, querySamples, adaptation } = part;
      const row = [
        nodeId,
        tdVariance,
        smoothedTdVariance,
        weight,
        supportSamples,
        querySamples,
        meanReward ?? '',
        adaptation ?? '',
      ];
      this.csv.write(`${[...head, ...row].join(',')}\n`);
    }
  }

  /** `undefined` when there was no round. */
  summary(): LearningSummary | undefined {
    const last = this.rounds.at(-1);
    if (last === undefined) return undefined;
    const levels = [...new Set(this.rounds.map(({ level }) => level))].sort();
    return {
      engine: last.engine,
      weighting: last.weighting,
      levels: Object.fromEntries(levels.map((level) => [level, this.levelSummary(level)])),
    };
  }

  /** @throws CliError when the rows could not all be written */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.csv.end(() => resolve()));
    if (this.fault !== undefined) throw new CliError(pathFault(this.fault, this.csvPath), 1);
  }

  private levelSummary(level: string): LevelSummary {
    const rounds = this.rounds.filter((round) => round.level === level);
    const updates = rounds.flatMap(({ updateMs }) => updateMs ?? []);
    const last = rounds.at(-1);
    return {
      rounds: rounds.length,
      modelVersion: last?.modelVersion ?? 0,
      rollbacks: rounds.filter(({ rolledBack }) => rolledBack).length,
      refused: Object.values(last?.refused ?? {}).reduce((sum, count) => sum + count, 0),
      adaptations: adaptationsOf(rounds),
      updateP50Ms: updates.length > 0 ? median(updates) : null,
      updateMaxMs: updates.length > 0 ? updates.reduce((max, ms) => Math.max(max, ms)) : null,
    };
  }
}

function adaptationsOf(rounds: readonly RoundClosed[]): Record<AdaptationVerdict, number> {
  const verdicts = rounds.flatMap(({ contributions }) => contributions.map(({ adaptation }) => adaptation));
  return Object.fromEntries(
    ADAPTATION_VERDICTS.map((verdict) => [verdict, verdicts.filter((one) => one === verdict).length]),
  ) as Record<AdaptationVerdict, number>;
}
