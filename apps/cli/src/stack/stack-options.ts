import { type Scenario } from '@ricochet/scenario';
import { type ApiSettings } from './api-settings.js';
import { type DashboardSettings } from './dashboard-settings.js';
import { type E2Settings } from './e2-settings.js';

/** What is started, and how. */
export interface StackOptions {
  readonly scenario: Scenario;
  readonly scenarioPath: string;
  /** What the simulator reads in the place of that file, which may have changed meanwhile; absent: the file. */
  readonly scenarioCopy?: string | undefined;
  /** Folder that paths of xApps are relative to; absent: that of the package that the scenario lies in. */
  readonly packagesFrom?: string | undefined;
  readonly seed: number;
  readonly mode: 'real-time' | 'lockstep';
  readonly speed: number;
  /** Simulation time of the end; 0 for none. */
  readonly untilMs: number;
  /** In lockstep simulation time waits so often for who records; absent: never. */
  readonly gateMs?: number | undefined;
  /** `<split>+<scheduler>`. */
  readonly controller: string;
  /** A running NATS server instead of an embedded one. */
  readonly natsUrl?: string | undefined;
  readonly e2: E2Settings;
  /** Port of the embedded one; any free port when absent. */
  readonly natsPort?: number | undefined;
  /** The RIC's API, if it is to be served. */
  readonly api?: ApiSettings | undefined;
  /** The page, if it is to be served. */
  readonly dashboard?: DashboardSettings | undefined;
  /** The page is served elsewhere than was told; absent: it may not be. */
  readonly onPage?: (page: DashboardSettings) => void;
  /** Where the store and the logs go. */
  readonly dataDir: string;
  /** A service that ends is started again; otherwise its end is the stack's. */
  readonly restart: boolean;
  readonly onLine: (line: string) => void;
  /** The emulated nodes are left out: real ones come. */
  readonly withoutNodes?: boolean | undefined;
}
