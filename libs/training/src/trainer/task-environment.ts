import { seedOfNode, SlicingEnvironment } from '@ricochet/control';
import { type TaskFamily, type TaskSplit } from '@ricochet/scenario';

/** Which network of a family's split. */
export interface TaskNetwork {
  readonly family: TaskFamily;
  readonly split: TaskSplit;
  readonly network: number;
  readonly seed: number;
}

/** The environment of one network: no two networks, splits, families or seeds have a DU in common. */
export function taskEnvironment({ family, split, network, seed }: TaskNetwork): SlicingEnvironment {
  return new SlicingEnvironment({
    network: family.splits[split],
    hidden: family.hidden,
    taskSeed: seedOfNode(seed, `${family.name} ${split} ${network}`),
  });
}
