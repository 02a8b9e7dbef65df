import { createHash } from 'node:crypto';
import { type KpiWindow, type RadioNetwork } from '@ricochet/radio';
import { KPI_CATALOGUE, KPI_NAMES, type KpiLevel } from '@ricochet/ran-types';

const NAMES_AT: Readonly<Record<KpiLevel, readonly (keyof typeof KPI_CATALOGUE)[]>> = {
  cell: namesAt('cell'),
  slice: namesAt('slice'),
  ue: namesAt('ue'),
};

/** Stands for "no value": one bit pattern, where NaN has many. */
const NO_VALUE = -1;

/** SHA-256 over the float64 bits of every KPI of every cell, slice and UE, sample by sample. */
export class KpiHash {
  private readonly hash = createHash('sha256');
  private readonly values: Float64Array;

  constructor(private readonly radio: RadioNetwork) {
    const { cellCount, sliceCount, ueCapacity } = radio;
    this.values = new Float64Array(
      cellCount * (NAMES_AT.cell.length + sliceCount * NAMES_AT.slice.length) +
        ueCapacity * NAMES_AT.ue.length,
    );
  }

  /** Takes in the period that the window has just closed. */
  add(window: KpiWindow): void {
    const { cellCount, sliceCount, ueCapacity } = this.radio;
    const { values } = this;
    let i = 0;
    const put = (value: number): void => {
      values[i++] = Number.isNaN(value) ? NO_VALUE : value;
    };
    for (let cell = 0; cell < cellCount; cell++) {
      for (const name of NAMES_AT.cell) put(window.cell(name, cell));
      for (let slice = 0; slice < sliceCount; slice++) {
        for (const name of NAMES_AT.slice) put(window.slice(name, cell, slice));
      }
    }
    for (let ue = 0; ue < ueCapacity; ue++) for (const name of NAMES_AT.ue) put(window.ue(name, ue));
    this.hash.update(values);
  }

  digest(): string {
    return this.hash.copy().digest('hex');
  }
}

function namesAt(level: KpiLevel): readonly (keyof typeof KPI_CATALOGUE)[] {
  return KPI_NAMES.filter((name) => (KPI_CATALOGUE[name].levels as readonly KpiLevel[]).includes(level));
}
