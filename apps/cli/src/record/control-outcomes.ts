import { type Bus } from '@ricochet/bus';
import { type Tapped, tapBus } from './tapped.js';

/** Counts what becomes of xApps' controls from now on; gives a line an xApp. */
export function controlOutcomes(bus: Bus): () => string[] {
  const controls: Tapped[] = [];
  tapBus(bus, {
    onMessage: (tapped) => {
      if (/^ric\.xapp\.[^.]+\.control$/.test(tapped.subject)) controls.push(tapped);
    },
    onPeriod: () => undefined,
    onPeriodEnd: () => undefined,
  });
  return () => {
    const byXApp = new Map<string, Map<string, number>>();
    for (const { subject, answer } of controls) {
      const xapp = subject.split('.')[2] ?? '';
      const outcome =
        (answer as { value?: { outcome?: string } } | undefined)?.value?.outcome ?? 'not answered';
      const counts = byXApp.get(xapp) ?? new Map<string, number>();
      byXApp.set(xapp, counts.set(outcome, (counts.get(outcome) ?? 0) + 1));
    }
    return [...byXApp].sort().map(([xapp, counts]) => {
      const words = [...counts].sort().map(([outcome, count]) => `${count} ${outcome}`);
      return `xApp ${xapp}: controls ${words.join(', ')}`;
    });
  };
}
