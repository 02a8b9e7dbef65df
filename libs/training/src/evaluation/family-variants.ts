import { type TaskFamily, TASK_SPLITS } from '@ricochet/scenario';

type Network = TaskFamily['network'];

/** The family with other numbers of DUs and UEs. */
export function withSize(
  family: TaskFamily,
  size: { readonly cells: number; readonly uesPerCell: number },
): TaskFamily {
  return changed(family, (network) => ({ ...network, ...size }));
}

/** The family with so many times its load. */
export function withLoad(family: TaskFamily, factor: number): TaskFamily {
  return changed(family, (network) => {
    const { min, max } = network.load ?? {};
    const load = {
      ...(min !== undefined && { min: min * factor }),
      ...(max !== undefined && { max: max * factor }),
    };
    return { ...network, load };
  });
}

function changed(family: TaskFamily, change: (network: Network) => Network): TaskFamily {
  const [training, validation, test] = TASK_SPLITS.map((split) => change(family.splits[split])) as [
    Network,
    Network,
    Network,
  ];
  return { ...family, network: change(family.network), splits: { training, validation, test } };
}
