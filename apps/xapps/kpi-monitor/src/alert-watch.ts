import { formatSNssai } from '@ricochet/xapp-sdk';
import { placeKey, type Place } from './kpi-book.js';
import { type AlertRule } from './monitor.config.js';

/** An alert that has been raised or cleared just now. */
export interface AlertChange {
  readonly rule: AlertRule;
  readonly place: Place;
  readonly isRaised: boolean;
  readonly value: number;
}

/** Tells when KPIs go beyond their thresholds, and when they are back. */
export class AlertWatch {
  private readonly raised = new Set<string>();

  constructor(private readonly rules: readonly AlertRule[]) {}

  /** Alerts that are raised now. */
  get count(): number {
    return this.raised.size;
  }

  /** Takes one value in. @returns what it changed */
  take(place: Place, kpi: string, value: number): AlertChange[] {
    return this.rules.flatMap((rule) => {
      const isMeant = rule.snssai === undefined || formatSNssai(rule.snssai) === place.scope;
      if (rule.kpi !== kpi || !isMeant) return [];
      const key = `${rule.name} ${placeKey(place)}`;
      const wasRaised = this.raised.has(key);
      const isRaised = beyond(value, rule) || (wasRaised && !isBack(value, rule));
      if (isRaised === wasRaised) return [];
      if (isRaised) this.raised.add(key);
      else this.raised.delete(key);
      return [{ rule, place, isRaised, value }];
    });
  }
}

function beyond(value: number, { raise, clear }: AlertRule): boolean {
  return raise > clear ? value >= raise : value <= raise;
}

function isBack(value: number, { raise, clear }: AlertRule): boolean {
  return raise > clear ? value <= clear : value >= clear;
}
