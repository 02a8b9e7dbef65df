import { type Deployment } from './deployment.config.js';
import { type ResourceLimits } from './resource-watch.js';

/** What a host shall run. */
export interface ChildSpec extends Deployment {
  /** Tells children of one name apart; the name when absent. */
  readonly key?: string | undefined;
  /** Program and arguments, in the package's folder; absent: the package's `main`, with Node. */
  readonly command?: readonly string[] | undefined;
  readonly limits?: ResourceLimits | undefined;
  /** Where what it writes is kept. */
  readonly logFile?: string | undefined;
  /** It is not ours: it gets no environment of the host's, writes to its log alone, and only so fast. */
  readonly isForeign?: boolean | undefined;
}
